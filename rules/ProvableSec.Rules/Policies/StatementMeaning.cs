using System.Globalization;
using System.Text;
using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>Names what a statement means, however it is written.</summary>
internal static class StatementMeaning
{
    private const int Digits = 32;

    /// <summary>
    /// <c>sha256:</c> and the beginning of a hash. Wherever the policy language takes one value or a list, the list is a set; names of actions, operators and
    /// condition keys
    /// are compared without case, as AWS does (IAM User Guide, "IAM JSON policy elements: Action" and "Condition").
    /// </summary>
    public static string Of(JsonItem statement)
    {
        var parts = new List<string>();
        foreach (JsonMember property in statement.Properties())
        {
            string? value = property.Name switch
            {
                "Sid" => null,
                "Action" or "NotAction" => Values(property.Value, foldCase: true),
                "Condition" => Members(property.Value, foldCase: true, keys => Members(keys, foldCase: true, values => Values(values, foldCase: false))),
                _ => Members(property.Value, foldCase: false, values => Values(values, foldCase: false)),
            };
            if (value is not null)
            {
                parts.Add(Framed(property.Name) + value);
            }
        }

        return "sha256:" + TextHash.Of(Together('{', parts)).Substring(0, Digits);
    }

    private static string Members(JsonItem value, bool foldCase, Func<JsonItem, string> member)
    {
        if (value.Kind != JsonKind.Object)
        {
            return Values(value, foldCase: false);
        }

        var parts = new List<string>();
        foreach (JsonMember property in value.Properties())
        {
            parts.Add(Framed(foldCase ? property.Name.ToLowerInvariant() : property.Name) + member(property.Value));
        }

        return Together('{', parts);
    }

    private static string Values(JsonItem value, bool foldCase)
    {
        if (value.Kind != JsonKind.Array)
        {
            return Together('[', [One(value, foldCase)]);
        }

        var parts = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonItem item in value.Elements())
        {
            parts.Add(One(item, foldCase));
        }

        return Together('[', parts);
    }

    // Anything but a text, a number or a Boolean is none that a policy takes: as written.
    private static string One(JsonItem value, bool foldCase) => Framed(foldCase ? value.Text.ToLowerInvariant() : value.Text);

    private static string Together(char opening, IEnumerable<string> parts)
    {
        var text = new StringBuilder().Append(opening);
        foreach (string part in parts.OrderBy(part => part, StringComparer.Ordinal))
        {
            text.Append(part);
        }

        return text.Append('.').ToString();
    }

    /// <summary>With its length before it, so that no two lists of texts look alike.</summary>
    private static string Framed(string text) => text.Length.ToString(CultureInfo.InvariantCulture) + ":" + text;
}
