using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>JSON_SYNTAX_ERROR</c> of IAM Access Analyzer.</summary>
internal sealed class JsonSyntaxErrorCheck() : PolicyCheck(new Rule(
    "PSEC3027",
    "Not JSON",
    RuleSeverity.Error,
    "AWS rejects a document that is not well-formed JSON; nothing else is checked until it is.",
    "Fix the JSON at the location that the message names.",
    1286,
    "JSON_SYNTAX_ERROR"))
{
    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        foreach (PolicyProblem problem in policy.Root.Document.Problems)
        {
            findings.Add(problem.Span, problem.Pointer, problem.Message);
        }
    }
}
