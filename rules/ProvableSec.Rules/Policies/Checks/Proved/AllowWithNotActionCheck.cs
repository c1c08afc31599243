using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows what it does not name; shown by a request that gets through on its account.</summary>
internal sealed class AllowWithNotActionCheck() : StatementCheck(new Rule(
    "PSEC2005",
    "Allow with NotAction",
    RuleSeverity.Info,
    "The statement allows every action that it does not name, those of services that AWS has yet to launch among them.",
    "List in Action what is needed; to forbid something, say Deny.",
    183))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        CheckedPolicy policy = statement.Policy;
        if (policy.Grants && statement is { IsAllow: true, Action: { IsNot: true } names } && policy.Proved.AdministratorStatement is null && policy.Proved.Document is { } document
            && policy.Proved.Answer(ProvableText.Ask(Question.NotGranted, document, policy.Type) with { Property = document.Where(other => other.Index == statement.Index) }) is { Verdict: Verdict.Violated, Witness: { } witness })
        {
            findings.Add(names.Property.NameElement, $"NotAction allows what it does not name, for example {witness.Request.Action} on {CheckedText.Quoted(witness.Request.Resource)}", witness);
        }
    }
}
