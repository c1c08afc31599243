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
internal sealed class VerifyRun(CommandConsole console, string file, bool isNamed, IReadOnlyList<string> only, int jobs, AnswerLimits limits,
    VerdictPolicy policy, bool allowOutside, IReport<VerifyResult> report)
{
    /// <summary>Reads the configuration, asks, and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var clock = Stopwatch.StartNew();
        PolicyProblem? unreadable;
        DocumentText? source = file == InputFile.StandardInputName ? InputFile.TryRead(console.Input, file, out unreadable)
            : InputFile.TryRead(file, file, out unreadable, isNamed ? null : InputScope.Around(file, allowOutside));
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

        CheckedDocuments? checkedDocuments = configuration.Documents.Any(document => document.IsChecked)
            ? CheckedDocuments.Of(configuration, allowOutside, words => console.Error.WriteLine("provablesec: " + Printable.Clean(words)), jobs) : null;
        if (checkedDocuments is { Problems.Count: > 0 })
        {
            configuration = configuration with { Problems = [.. configuration.Problems, .. checkedDocuments.Problems] };
        }

        foreach (PolicyProblem problem in configuration.Problems)
        {
            console.Error.WriteLine(ProblemText.Of(problem));
        }

        VerifyResult result;
        using (var progress = new Progress(console, "questions"))
        {
            var asker = new PairAsker(limits.Ask, limits.Certificates is not null, jobs, progress);
            PairAnswer[][] answers = asker.Ask(configuration.Properties);
            PropertyVerifier[] verifiers =
                [.. configuration.Properties.Zip(answers, (property, own) => new PropertyVerifier(property, own, DateTime.UtcNow.Date))];
            result = new VerifyResult(configuration, [.. verifiers.Select(verifier => verifier.Report())], default)
            {
                Checked = checkedDocuments,
                Pairs = answers.Sum(own => own.Length),
                Questions = asker.Asked,
                Crashes = [.. answers.SelectMany(own => own).Select(answer => answer.Crash).OfType<Exception>().Distinct()],
            };
            result = result with { WaiverProblems = [.. verifiers.SelectMany(verifier => verifier.WaiverProblems)] };
        }

        result = result with { Time = clock.Elapsed };
        foreach (Exception crash in result.Crashes.Take(1))
        {
            console.Error.WriteLine(CrashBundle.Write(["verify", file], crash) is { } bundle
                ? $"provablesec: what to report is in {bundle}; it holds the command line and the exception, and no content of any file."
                : crash.ToString());
        }

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
