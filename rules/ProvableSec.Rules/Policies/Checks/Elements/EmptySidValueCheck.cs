using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_SID_VALUE</c> of IAM Access Analyzer.</summary>
internal sealed class EmptySidValueCheck() : StatementCheck(new Rule(
    "PSEC3310",
    "Empty Sid",
    RuleSeverity.Info,
    "An empty Sid identifies nothing.",
    "Give the statement a name, or remove the element.",
    1164,
    "EMPTY_SID_VALUE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Sid is { Value: { Kind: JsonKind.String } value } && value.Text.Length == 0)
        {
            findings.Add(value, "the Sid is empty");
        }
    }
}
