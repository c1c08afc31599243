using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Answers <see cref="Question.NoDeadStatement"/>: a statement is dead when the document, or the stack, without it allows the same requests.
/// Each statement is a question of its own, so that "not dead" has a confirmed request behind it too.
/// </summary>
internal static class DeadStatements
{
    public static Answer Find(Query query, Budget budget)
    {
        var dead = ImmutableArray.CreateBuilder<Because>();
        var assumptions = new SortedSet<string>(StringComparer.Ordinal);
        (UnknownReason Because, string Reason)? undecided = null;
        foreach ((Because statement, Subject without) in Candidates(query.Subject))
        {
            Query same = LoneDocuments.Meant(query with { Question = Question.Equivalent, Baseline = without, Explain = false, VerdictOnly = true });
            if (same.Subject.LetsThrough != same.Baseline!.LetsThrough)
            {
                // Without its last Allow a control policy is no other kind of policy.
                same = same with { Baseline = without };
            }

            Answer answer = BeforeSearch.Of(same, budget) ?? new Proof(same, budget).Run();
            switch (answer.Verdict)
            {
                case Verdict.Holds:
                    dead.Add(statement);
                    assumptions.UnionWith(answer.Assumptions);
                    break;
                case Verdict.Unknown:
                    undecided ??= (answer.UnknownBecause!.Value, $"{Name(statement)}: {answer.Reason}");
                    break;
            }
        }

        (Verdict verdict, string reason) = (dead.Count, undecided) switch
        {
            ( > 0, _) => (Verdict.Violated, $"{string.Join(", ", dead.Select(Name))} can be removed without changing what is allowed"),
            (_, { } open) => (Verdict.Unknown, open.Reason),
            _ => (Verdict.Holds, "every statement changes what is allowed"),
        };
        return new Answer(
            verdict,
            null,
            reason,
            dead.ToImmutable(),
            verdict == Verdict.Violated ? assumptions.ToImmutableArray() : ImmutableArray<string>.Empty,
            budget.Spent,
            query.Warnings.Select(w => w.ToString()).ToImmutableArray())
        {
            UnknownBecause = verdict == Verdict.Unknown ? undecided?.Because : null,
        };
    }

    /// <summary>Every statement, and the subject without it.</summary>
    private static IEnumerable<(Because Statement, Subject Without)> Candidates(Subject subject)
    {
        foreach (Statement statement in subject.Document?.Statements ?? ImmutableArray<Statement>.Empty)
        {
            yield return (new Because(null, subject.Document, statement), Subject.Of(Without(subject.Document!, statement)));
        }

        if (subject.Stack is not { } stack)
        {
            yield break;
        }

        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents())
        {
            foreach (Statement statement in document.Statements)
            {
                yield return (new Because(slot, document, statement), Subject.Of(PolicyLayers.With(stack, slot, Without(document, statement))));
            }
        }
    }

    private static string Name(Because because)
    {
        Statement statement = because.Statement!;
        string name = statement.Sid is { } sid ? $"statement {statement.Index} \"{sid}\"" : $"statement {statement.Index}";
        return because.Slot is { } slot ? $"{name} of {slot}" : name;
    }

    private static PolicyDocument Without(PolicyDocument document, Statement statement) => document.Where(kept => kept != statement);
}
