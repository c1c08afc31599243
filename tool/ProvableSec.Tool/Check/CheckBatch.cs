using System.Diagnostics;
using System.Globalization;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary><c>check --batch</c>: a policy a line, its findings a line.</summary>
internal sealed class CheckBatch(CommandConsole console, string file, CheckRequest request)
{
    /// <summary>Checks every line.</summary>
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

        CheckAnswerer[] answerers = [.. Enumerable.Range(0, request.Jobs).Select(_ => new CheckAnswerer(request))];
        new LineBatch<CheckAnswerer>(LineInput.Open(stream), file, answerers, console).Run();
        console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{answerers.Sum(answerer => answerer.Lines):N0} policies, {answerers.Sum(answerer => answerer.Findings):N0} findings · {clock.Elapsed.TotalSeconds:F2} s"));
        if (answerers.All(answerer => answerer.Lines == 0))
        {
            console.Error.WriteLine("provablesec: the batch holds no policy, so nothing is checked");
            return ExitCodes.Undecided;
        }

        return answerers.Aggregate(ExitCodes.Success, (code, answerer) => ExitCodes.Combine(code, answerer.ExitCode));
    }
}
