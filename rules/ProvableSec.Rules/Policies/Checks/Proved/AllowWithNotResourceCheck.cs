using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows what it does not name; shown by a request that gets through on its account.</summary>
internal sealed class AllowWithNotResourceCheck() : StatementCheck(new Rule(
    "PSEC2006",
    "Allow with NotResource",
    RuleSeverity.Info,
    "The statement allows its actions on every resource that it does not name, also on those that are made tomorrow.",
    "List in Resource what is needed; to forbid something, say Deny.",
    183))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        CheckedPolicy policy = statement.Policy;
        if (policy.Grants && statement is { IsAllow: true, Resource: { IsNot: true } names } && policy.Proved.AdministratorStatement is null && policy.Proved.Document is { } document
            && policy.Proved.Answer(ProvableText.Ask(Question.NotGranted, document, policy.Type) with { Property = document.Where(other => other.Index == statement.Index) }) is { Verdict: Verdict.Violated, Witness: { } witness })
        {
            findings.Add(names.Property.NameElement, $"NotResource allows what it does not name, for example {witness.Request.Action} on {CheckedText.Quoted(witness.Request.Resource)}", witness);
        }
    }
}
