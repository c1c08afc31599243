using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;

namespace ProvableSec.Reasoning;

/// <summary>
/// Answers <see cref="Question.NoDeadStatement"/>: a statement is dead when the document without it allows the same requests.
/// Each statement is a question of its own, so that "not dead" has a confirmed request behind it too.
/// </summary>
internal static class DeadStatements
{
    public static Answer Find(Query query, PolicyDocument document, Budget budget)
    {
        var dead = ImmutableArray.CreateBuilder<Because>();
        var assumptions = new SortedSet<string>(StringComparer.Ordinal);
        string? undecided = null;
        foreach (Statement statement in document.Statements)
        {
            Answer answer = new Proof(
                query with
                {
                    Question = Question.Equivalent,
                    Subject = Subject.Of(document),
                    Baseline = Subject.Of(Without(document, statement)),
                    Explain = false,
                },
                budget).Run();
            switch (answer.Verdict)
            {
                case Verdict.Holds:
                    dead.Add(new Because(null, document, statement));
                    assumptions.UnionWith(answer.Assumptions);
                    break;
                case Verdict.Unknown:
                    undecided ??= $"{Name(statement)}: {answer.Reason}";
                    break;
            }
        }

        (Verdict verdict, string reason) = (dead.Count, undecided) switch
        {
            ( > 0, _) => (Verdict.Violated, $"{string.Join(", ", dead.Select(d => Name(d.Statement!)))} can be removed without changing what is allowed"),
            (_, not null) => (Verdict.Unknown, undecided),
            _ => (Verdict.Holds, "every statement changes what is allowed"),
        };
        return new Answer(
            verdict,
            null,
            reason,
            dead.ToImmutable(),
            verdict == Verdict.Violated ? assumptions.ToImmutableArray() : ImmutableArray<string>.Empty,
            budget.Spent,
            query.Warnings.Select(w => w.ToString()).ToImmutableArray());
    }

    private static string Name(Statement statement) => statement.Sid is { } sid ? $"statement {statement.Index} \"{sid}\"" : $"statement {statement.Index}";

    private static PolicyDocument Without(PolicyDocument document, Statement statement) => new(
        document.Source,
        document.Version,
        document.NamesVersion,
        document.Id,
        document.Statements.Remove(statement),
        document.Problems);
}
