using System.Diagnostics;
using System.Globalization;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Batch;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
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

        int code = ExitCodes.Success;
        var checks = new ConfiguredChecks(new NearestConfigurations(request.AllowOutside, Refuse), request.AllowOutside);
        CheckRequest configured = request with { OwnChecks = checks.Of(file) };
        if (configured.UnknownIgnored(configured.OwnChecks) is { } noRule)
        {
            Refuse(noRule);
            return code;
        }

        CheckAnswerer[] answerers = [.. Enumerable.Range(0, request.Jobs).Select(_ => new CheckAnswerer(configured))];
        new LineBatch<CheckAnswerer>(LineInput.Open(stream), file, answerers, console).Run();
        console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(answerers.Sum(answerer => answerer.Lines), "policy")}, {Quantity.Of(answerers.Sum(answerer => answerer.Findings), "finding")} · "
                + $"{clock.Elapsed.TotalSeconds:F2} s"));
        if (answerers.All(answerer => answerer.Lines == 0))
        {
            console.Error.WriteLine("provablesec: the batch holds no policy, so nothing is checked");
            return ExitCodes.Combine(code, ExitCodes.Undecided);
        }

        return answerers.Aggregate(code, (worst, answerer) => ExitCodes.Combine(worst, answerer.ExitCode));

        void Refuse(string why)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(why));
            code = ExitCodes.BadInput;
        }
    }
}
