using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows what it does not name; shown by a request that gets through on its account.</summary>
/// <param name="rule">The rule.</param>
/// <param name="element">The element that names what is left out.</param>
internal abstract class AllowWithNotCheck(Rule rule, Func<CheckedStatement, CheckedValues?> element) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        CheckedPolicy policy = statement.Policy;
        if (policy.Grants && statement.IsAllow && element(statement) is { IsNot: true, Property: var names } && policy.Proved.AdministratorStatement is null
            && policy.Proved.Document is { } document
            && policy.Proved.Answer(ProvableText.Ask(Question.NotGranted, document,
                policy.Type) with
            { Property = document.Where(other => other.Index == statement.Index) }) is
            {
                Verdict: Verdict.Violated,
                Witness: { } witness
            })
        {
            findings.Add(names.NameElement,
                $"{names.Name} allows what it does not name, for example {witness.Request.Action} on {CheckedText.Quoted(witness.Request.Resource)}", witness);
        }
    }
}
