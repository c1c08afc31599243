using System.Diagnostics;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary><c>prove --batch</c>: a question a line, an answer a line.</summary>
internal sealed class ProveBatch(CommandConsole console, string file, int jobs, AnswerLimits limits, VerdictPolicy policy, bool allowOutside,
    RequestedOutputs requested)
{
    /// <summary>Answers every question.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var clock = Stopwatch.StartNew();
        PolicyProblem? problem = null;
        using Stream? stream = file == InputFile.StandardInputName ? console.Input : InputFile.TryOpen(file, file, out problem);
        if (stream is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(problem!));
            return ExitCodes.BadInput;
        }

        var reader = new QueryReader(new PolicyLoader(new FilePolicySource(file, allowOutside), new PolicyCache()));
        using var outputs = new AnswerOutputs(requested, console);
        QueryAnswerer[] answerers = [.. Enumerable.Range(0, jobs).Select(_ => new QueryAnswerer(reader, limits, policy, Formats(outputs)))];
        new LineBatch<QueryAnswerer>(LineInput.Open(stream), file, answerers, console, outputs.Streams).Run();
        int written = outputs.Commit();
        var total = new ProveTally();
        foreach (QueryAnswerer answerer in answerers)
        {
            total.Add(answerer.Tally);
        }

        console.Error.WriteLine(total.Summary(clock.Elapsed));
        if (total.Count == 0)
        {
            console.Error.WriteLine("provablesec: the batch holds no question, so nothing is proved");
        }

        return limits.Report(console.Error, ExitCodes.Combine(written, total.Count == 0 && !policy.UndecidedPasses ? ExitCodes.Undecided : total.ExitCode));
    }

    private static IQueryAnswerFormat[] Formats(AnswerOutputs outputs) =>
        [.. outputs.Formats.Select(format => (IQueryAnswerFormat)(format.Name == "text" ? new TextQueryAnswerFormat(format.Color)
            : new JsonQueryAnswerFormat()))];
}
