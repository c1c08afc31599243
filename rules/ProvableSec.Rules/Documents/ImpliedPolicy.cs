using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Writes the policy that a resource of a template or plan stands for without writing one down.</summary>
internal sealed class ImpliedPolicy
{
    private readonly MappedTextBuilder builder = new();
    private readonly TextSpan whole;
    private readonly List<(string Operator, string Key, string Value, TextSpan At)> conditions = [];

    /// <summary>Begins a policy of one statement.</summary>
    /// <param name="whole">What the parts stand for that have no place of their own.</param>
    /// <param name="action">The action.</param>
    public ImpliedPolicy(TextSpan whole, string action)
    {
        this.whole = whole;
        builder.Add("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":" + Quoted(action) + ",\"Resource\":" + Quoted(UnknownText.Mark.ToString()), whole);
    }

    /// <summary>Says who is allowed: everybody, an account, an ARN, or a service.</summary>
    public ImpliedPolicy To(string principal, TextSpan at)
    {
        bool isService = principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) || principal.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal);
        builder.Add(",\"Principal\":", whole).Add(principal == "*" ? "\"*\"" : $"{{\"{(isService ? "Service" : "AWS")}\":{Quoted(principal)}}}", at);
        return this;
    }

    /// <summary>Adds a condition.</summary>
    public ImpliedPolicy If(string condition, string key, string value, TextSpan at)
    {
        conditions.Add((condition, key, value, at));
        return this;
    }

    /// <summary>The policy.</summary>
    public MappedText Build()
    {
        string before = ",\"Condition\":{";
        foreach (IGrouping<string, (string Operator, string Key, string Value, TextSpan At)> group in conditions.GroupBy(condition => condition.Operator))
        {
            builder.Add($"{before}\"{group.Key}\":{{", whole);
            string between = "";
            foreach ((_, string key, string value, TextSpan at) in group)
            {
                builder.Add($"{between}\"{key}\":{Quoted(value)}", at);
                between = ",";
            }

            builder.Add("}", whole);
            before = ",";
        }

        return builder.Add((conditions.Count > 0 ? "}" : "") + "}]}", whole).Build();
    }

    /// <summary>The text of a value; unknown text for what is no string or number.</summary>
    public static string TextOf(JsonElement value) => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False ? value.Text : UnknownText.Mark.ToString();

    private static string Quoted(string text)
    {
        var quoted = new System.Text.StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }
}
