using System.Diagnostics;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>One run of <c>verify</c>.</summary>
internal sealed class VerifyRun(CommandConsole console, string file, bool isNamed, IReadOnlyList<string> only, int jobs, AnswerLimits limits, VerdictPolicy policy, bool allowOutside, IReport<VerifyResult> report)
{
    /// <summary>Reads the configuration, asks, and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var clock = Stopwatch.StartNew();
        PolicyProblem? unreadable;
        DocumentText? source = file == InputFile.StandardInputName ? InputFile.TryRead(console.Input, file, out unreadable) : InputFile.TryRead(file, file, out unreadable, isNamed ? null : InputScope.Around(file, allowOutside));
        if (source is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(unreadable!));
            return ExitCodes.BadInput;
        }

        Configuration configuration = ConfigurationReader.Read(source, allowOutside);
        if (Missing(configuration) is { } missing)
        {
            console.Error.WriteLine(missing);
            return ExitCodes.BadInput;
        }

        if (only.Count > 0)
        {
            configuration = configuration with { Properties = [.. configuration.Properties.Where(property => only.Contains(property.Id))] };
        }

        foreach (PolicyProblem problem in configuration.Problems)
        {
            console.Error.WriteLine(ProblemText.Of(problem));
        }

        VerifyResult result;
        using (var progress = new Progress(console, "questions"))
        {
            result = new VerifyResult(configuration, PropertyVerifier.Ask(file, configuration.Properties, limits, jobs, progress), default);
        }

        result = result with { Time = clock.Elapsed };
        report.Write(result, console);
        return limits.Report(console.Error, result.ExitCode(policy));
    }

    private string? Missing(Configuration configuration)
    {
        string[] ids = [.. configuration.Properties.Select(property => property.Id)];
        foreach (string id in only)
        {
            if (!ids.Contains(id))
            {
                return $"provablesec: --only {Printable.Clean(id)}: {file} has no such property"
                    + (Spelling.Nearest(id, ids) is { } meant ? $"; did you mean {meant}?" : "");
            }
        }

        return null;
    }
}
