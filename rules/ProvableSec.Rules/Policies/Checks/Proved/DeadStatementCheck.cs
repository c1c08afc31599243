using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// Allow statements without which the policy allows the same requests, proved (<see cref="Question.NoDeadStatement"/>). A Deny is left alone: it may deny what
/// another policy allows.
/// </summary>
internal sealed class DeadStatementCheck() : PolicyCheck(new Rule(
    "PSEC3401",
    "Statement that allows nothing more",
    RuleSeverity.Info,
    "Without the statement the policy allows exactly the same requests: it never matches, or others allow all that it does, or a Deny takes all of it back.",
    "Remove it, or mend what keeps it from working.",
    561))
{
    // Each statement is a question; larger policies are for `provablesec prove no-dead-statement`.
    private const int MostStatements = 12;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (!policy.Grants || policy.Statements.Count is < 2 or > MostStatements || ProvableText.Of(policy) is not { } document)
        {
            return;
        }

        Answer answer = Prover.Answer(ProvableText.Ask(Question.NoDeadStatement, document, policy.Type));
        if (answer.Verdict == Verdict.Violated)
        {
            string given = answer.Assumptions.IsEmpty ? "" : $" (given: {string.Join(", ", answer.Assumptions)})";
            foreach (Because because in answer.Because)
            {
                if (because.Statement is { Effect: Effect.Allow } dead && policy.Statements.FirstOrDefault(statement => statement.Index == dead.Index) is { } statement)
                {
                    findings.Add(statement.Element, $"without {(statement.Sid is { } sid ? $"the statement {CheckedText.Quoted(sid.Value.Text)}" : "this statement")} the policy allows the same requests{given}");
                }
            }
        }
    }
}
