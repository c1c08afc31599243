using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Reasoning.Questions;
using ProvableSec.SmtLib;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Answers;

/// <summary>Asks solvers about every answer, and keeps what stands behind it as files. Safe for several workers.</summary>
/// <param name="solvers">The solvers to ask.</param>
/// <param name="folder">Where to write questions as SMT-LIB; null to write none.</param>
/// <param name="limit">How long one solver may take for one question.</param>
internal sealed class SecondOpinions(IReadOnlyList<SmtSolver> solvers, string? folder, TimeSpan limit)
{
    private readonly ConcurrentQueue<string> disagreements = new();
    private readonly ConcurrentQueue<string> unwritten = new();
    private int asked;

    /// <summary>Asks about an answer. One that a solver contradicts is a verdict no longer.</summary>
    public (Answer Answer, ImmutableArray<(string Solver, string Opinion)> Opinions) Ask(Query query, Answer answer)
    {
        int number = Interlocked.Increment(ref asked);
        string? smtLib = SmtLibExport.Write(query, answer, out _);
        if (folder is not null && smtLib is not null)
        {
            string file = Path.Combine(folder, (QuestionFileName.Of(query.Id?.Trim('"')) ?? "question-" + number.ToString(CultureInfo.InvariantCulture))
                + ".smt2");
            try
            {
                OutputFile.Write(file, smtLib);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unwritten.Enqueue($"{file} cannot be written: {e.Message}");
            }
        }

        var opinions = ImmutableArray.CreateBuilder<(string, string)>(solvers.Count);
        Answer kept = answer;
        foreach (SmtSolver solver in solvers)
        {
            Opinion opinion = smtLib is null ? Opinion.NoAnswer : SecondOpinion.Compare(answer, solver.Ask(smtLib, limit));
            opinions.Add((solver.Name, SecondOpinion.NameOf(opinion)));
            if (opinion == Opinion.Disagrees)
            {
                string bundle = OutputFile.WriteTemporary("provablesec-disagreement", ".smt2", smtLib!);
                disagreements.Enqueue(
                    $"{solver.Name} contradicts the answer {query.Id ?? "to the question"}; please report this with {bundle}, which holds names from your "
                        + $"policies");
                kept = answer with
                {
                    Verdict = Verdict.Unknown,
                    UnknownBecause = UnknownReason.Contradicted,
                    Witness = null,
                    Reason = $"{solver.Name} contradicts the engine, so nothing is claimed: an internal error",
                };
            }
        }

        return (kept, opinions.ToImmutable());
    }

    /// <summary>Tells of every disagreement, and of what could not be written.</summary>
    /// <returns>The exit code that they make of another one.</returns>
    public int Report(TextWriter messages, int exitCode)
    {
        foreach (string file in unwritten)
        {
            messages.WriteLine("provablesec: " + Printable.Clean(file));
            exitCode = ExitCodes.Combine(exitCode, ExitCodes.BadInput);
        }

        foreach (string disagreement in disagreements)
        {
            messages.WriteLine("provablesec: internal error: " + Printable.Clean(disagreement));
            exitCode = ExitCodes.InternalError;
        }

        return exitCode;
    }
}
