using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_VERSION</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidVersionCheck() : PolicyCheck(new Rule(
    "PSEC3026",
    "Unknown Version",
    RuleSeverity.Error,
    "AWS rejects a policy whose Version is not one of the two that the policy language has had.",
    "Write \"2012-10-17\"; the date of the document's last change belongs elsewhere.",
    1286,
    "INVALID_VERSION"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Version is { Value: { Kind: JsonKind.String } value } && value.Text is not ("2012-10-17" or "2008-10-17") && !UnknownText.IsIn(value.Text))
        {
            findings.Add(value, $"Version must be \"2012-10-17\" or \"2008-10-17\", not {CheckedText.Quoted(value.Text)}");
        }
    }
}
