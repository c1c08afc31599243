using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_STATEMENT</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantStatementCheck() : PolicyCheck(new Rule(
    "PSEC3320",
    "Statement that repeats another",
    RuleSeverity.Info,
    "The statement says word for word what another says.",
    "Remove one of them.",
    1041,
    "REDUNDANT_STATEMENT"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (CheckedStatement statement in policy.Statements)
        {
            string content = Content(statement);
            if (seen.TryGetValue(content, out int first))
            {
                findings.Add(statement.Element, $"the statement repeats statement {first}", policy.Statements[first].Element);
            }
            else
            {
                seen.Add(content, statement.Index);
            }
        }
    }

    /// <summary>The statement without its Sid and without regard to the order of elements and lists.</summary>
    private static string Content(CheckedStatement statement)
    {
        var parts = new List<string>();
        foreach (JsonMember property in statement.Element.Properties())
        {
            if (!property.NameIs("Sid"))
            {
                parts.Add(property.Name + ":" + Content(property.Value));
            }
        }

        parts.Sort(StringComparer.Ordinal);
        return string.Join("\n", parts);
    }

    private static string Content(JsonItem value)
    {
        var parts = new List<string>();
        foreach (JsonMember property in value.Properties())
        {
            parts.Add("\"" + property.Name + "\":" + Content(property.Value));
        }

        foreach (JsonItem item in value.Elements())
        {
            parts.Add(Content(item));
        }

        // A list of one means what its item means.
        parts.Sort(StringComparer.Ordinal);
        return value.Kind is JsonKind.Object ? "{" + string.Join(",", parts) + "}" : value.Kind == JsonKind.Array ? string.Join(",", parts)
            : "\"" + value.Text + "\"";
    }
}
