using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Statements with a Sid that another one has had.</summary>
internal static class RepeatedSids
{
    public static void Report(CheckedPolicy policy, PolicyFindings findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (CheckedStatement statement in policy.Statements)
        {
            if (statement.Sid is not { Value: { Kind: JsonKind.String } value } || value.Text.Length == 0 || UnknownText.IsIn(value.Text))
            {
                continue;
            }

            if (seen.TryGetValue(value.Text, out int first))
            {
                findings.Add(value, $"statement {first} has the Sid {CheckedText.Quoted(value.Text)} too");
            }
            else
            {
                seen.Add(value.Text, statement.Index);
            }
        }
    }
}
