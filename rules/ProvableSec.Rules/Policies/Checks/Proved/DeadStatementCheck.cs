using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// Allow statements without which the policy allows the same requests, proved (<see cref="Question.Equivalent"/>). A Deny is left alone: it may deny what
/// another policy allows.
/// </summary>
internal sealed class DeadStatementCheck() : PolicyCheck(new Rule(
    "PSEC3401",
    "Dead or redundant statement",
    RuleSeverity.Info,
    "Without the statement the policy allows exactly the same requests: it never matches, or others allow all that it does, or a Deny takes all of it back.",
    "Remove it, or fix what keeps it from working.",
    561)
{
    Reference = RuleReference.InIam("Policy evaluation logic", "reference_policies_evaluation-logic"),
})
{
    private const int MostPatterns = 40, MostConditions = 128, MostCharacters = 1 << 13;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        // What is not known may be what a statement adds.
        if (!policy.Grants || !policy.Statements.Any(statement => statement.IsAllow) || UnknownText.IsIn(policy.Root.Document.Source.Text)
            || policy.Proved.Document is not { } document)
        {
            return;
        }

        // Each statement is a question, and long ones are slow ones; larger policies are for `provablesec prove no-dead-statement`.
        if (document.Statements.Sum(statement => statement.Action.Patterns.Length + (statement.Resource?.Patterns.Length ?? 0)) > MostPatterns)
        {
            return;
        }

        // A step of the prover is the longer, the longer the patterns are, and the more keys there are.
        if (document.Statements.Sum(statement => statement.Conditions.Length) > MostConditions
            || document.Statements.Sum(statement => Length(statement.Action.Patterns) + (statement.Resource is { } resource ? Length(resource.Patterns) : 0))
                > MostCharacters)
        {
            throw new CheckBudgetException();
        }

        // A statement with an action that matches nothing is misspelled, which is said of the action; removing it would lose what was meant.
        foreach (Statement candidate in document.Statements.Where(statement => statement.Effect == Effect.Allow
            && !statement.Action.Patterns.Any(action => ActionSyntax.WhyItMatchesNothing(action.Text) is not null)))
        {
            // Statements about other actions play no part.
            PolicyDocument with = document.Where(statement => statement.Effect == Effect.Deny || ActionNames.MayMeet(statement.Action, candidate.Action));
            Query query = ProvableText.AskOfThePolicyAlone(Question.Equivalent, with, policy.Type) with
            {
                VerdictOnly = true,
                Baseline = Subject.Of(with.Where(statement => statement != candidate))
            };
            if (policy.Proved.Answer(query) is { Verdict: Verdict.Holds } answer)
            {
                CheckedStatement dead = policy.Statements[candidate.Index];
                string given = answer.Assumptions.IsEmpty ? "" : $" (given: {string.Join(", ", answer.Assumptions)})";
                string message =
                    $"without {(candidate.Sid is { } sid ? $"the statement {CheckedText.Quoted(sid)}" : "this statement")} the policy allows the same "
                        + $"requests{given}";
                if (Cover(policy, document, candidate) is { } cover)
                {
                    findings.Add(dead.Element, message, cover.Element);
                }
                else
                {
                    findings.Add(dead.Element, message);
                }
            }
        }
    }

    /// <summary>The one statement that makes the candidate superfluous, if one does: it allows all that the candidate does, or denies it.</summary>
    private static CheckedStatement? Cover(CheckedPolicy policy, PolicyDocument document, Statement candidate)
    {
        foreach (Statement other in document.Statements.Where(other => other != candidate && ActionNames.MayMeet(other.Action, candidate.Action)))
        {
            PolicyDocument pair = document.Where(statement => statement == other || statement == candidate);
            Query query = ProvableText.AskOfThePolicyAlone(Question.Equivalent, pair, policy.Type) with
            {
                VerdictOnly = true,
                Baseline = Subject.Of(pair.Where(statement => statement == other))
            };
            if (policy.Proved.Answer(query).Verdict == Verdict.Holds)
            {
                return policy.Statements[other.Index];
            }
        }

        return null;
    }

    private static int Length(IEnumerable<PolicyPattern> patterns) => patterns.Sum(pattern => pattern.Text.Length);
}
