using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>JSON_SYNTAX_ERROR</c> of IAM Access Analyzer.</summary>
internal sealed class JsonSyntaxErrorCheck() : PolicyCheck(new Rule(
    "PSEC3027",
    "Not JSON",
    RuleSeverity.Error,
    "AWS refuses a text that is not well-formed JSON; nothing else is said about it before it is.",
    "Mend the text at the place that the message names.",
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
