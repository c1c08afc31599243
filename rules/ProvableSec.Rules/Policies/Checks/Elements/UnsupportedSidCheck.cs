using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_SID</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedSidCheck() : StatementCheck(new Rule(
    "PSEC3049",
    "Sid with characters that IAM does not accept",
    RuleSeverity.Error,
    "IAM takes letters and digits of ASCII in a Sid, nothing else.",
    "Write the Sid in letters and digits.",
    1286,
    "UNSUPPORTED_SID"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Policy.Type is PolicyType.Identity or PolicyType.PermissionsBoundary or PolicyType.Session
            && statement.Sid is { Value: { Kind: JsonKind.String } value }
            && value.Text.Any(c => c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or UnknownText.Mark or UnknownText.Name)))
        {
            findings.Add(value, $"a Sid holds letters and digits only, not {CheckedText.Quoted(value.Text)}");
        }
    }
}
