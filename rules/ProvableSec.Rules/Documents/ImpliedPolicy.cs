using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Writes the policy that a resource of a template or plan stands for without writing one down.</summary>
internal sealed class ImpliedPolicy
{
    private readonly MappedTextBuilder builder = new();
    private readonly TextRange whole;
    private readonly List<(string Operator, string Key, string Value, TextRange At)> conditions = [];

    /// <summary>Begins a policy of one statement.</summary>
    /// <param name="whole">What the parts stand for that have no place of their own.</param>
    /// <param name="action">The action.</param>
    public ImpliedPolicy(TextRange whole, string action)
    {
        this.whole = whole;
        builder.Add("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":" + Quoted(action) + ",\"Resource\":"
            + Quoted(UnknownText.Mark.ToString()), whole);
    }

    /// <summary>Says who is allowed: everybody, an account, an ARN, or a service.</summary>
    public ImpliedPolicy To(string principal, TextRange at)
    {
        bool isService = principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) || principal.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal);
        builder.Add(",\"Principal\":", whole).Add(principal == "*" ? "\"*\"" : $"{{\"{(isService ? "Service" : "AWS")}\":{Quoted(principal)}}}", at);
        return this;
    }

    /// <summary>Adds a condition.</summary>
    public ImpliedPolicy If(string condition, string key, string value, TextRange at)
    {
        conditions.Add((condition, key, value, at));
        return this;
    }

    /// <summary>The policy.</summary>
    public MappedText Build()
    {
        string before = ",\"Condition\":{";
        foreach (IGrouping<string, (string Operator, string Key, string Value, TextRange At)> group in conditions.GroupBy(condition => condition.Operator))
        {
            builder.Add($"{before}\"{group.Key}\":{{", whole);
            string between = "";
            foreach ((_, string key, string value, TextRange at) in group)
            {
                builder.Add($"{between}\"{key}\":{Quoted(value)}", at);
                between = ",";
            }

            builder.Add("}", whole);
            before = ",";
        }

        return builder.Add((conditions.Count > 0 ? "}" : "") + "}]}", whole).Build();
    }

    /// <summary>The policy of a resource, found where a property opens access to it.</summary>
    /// <param name="resourceType">What it is the policy of.</param>
    /// <param name="like">What is known about every policy of the document.</param>
    /// <param name="owner">Whose policy it is, for people.</param>
    /// <param name="at">The property.</param>
    public FoundPolicy Found(string resourceType, PolicyContext like, string owner, JsonItem at) =>
        new(Build(), like with { Type = PolicyType.Resource, ResourceType = resourceType }, PolicyTypeOrigin.Holder, at.Pointer, owner) { IsImplied = true };

    /// <summary>A managed policy that gives away much, found where its name or ARN attaches it; null for another.</summary>
    /// <param name="name">Its name or ARN.</param>
    /// <param name="like">What is known about every policy of the document.</param>
    /// <param name="owner">Who has the policy, for people.</param>
    /// <param name="at">Where the name stands.</param>
    public static FoundPolicy? FoundManaged(string name, PolicyContext like, string owner, JsonItem at) => KnownManagedPolicies.Find(name) is { } document
        ? new FoundPolicy(new MappedTextBuilder().Add(document, at.Span).Build(), like with { Type = PolicyType.Identity, ResourceType = null },
            PolicyTypeOrigin.Holder, at.Pointer, owner)
        { IsImplied = true }
        : null;

    /// <summary>The text of a value; unknown text for what is not a string or number.</summary>
    public static string TextOf(JsonItem value) => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False ? value.Text
        : UnknownText.Mark.ToString();

    private static string Quoted(string text)
    {
        var quoted = new System.Text.StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }
}
