using System.Collections.Concurrent;
using System.Diagnostics;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>One run of <c>verify</c>.</summary>
internal sealed class VerifyRun(CommandConsole console, VerifyRequest request, AnswerLimits limits, VerdictPolicy policy, ReportOutputs<VerifyResult> outputs)
{
    private readonly string file = request.File;

    /// <summary>Reads the configuration, asks, and reports.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        var clock = Stopwatch.StartNew();
        PolicyProblem? unreadable;
        DocumentText? source = file == InputFile.StandardInputName ? InputFile.TryRead(console.Input, file, out unreadable)
            : InputFile.TryRead(file, file, out unreadable, request.IsNamed ? null : InputScope.Around(file, request.AllowOutside));
        if (source is null)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(unreadable!));
            return ExitCodes.BadInput;
        }

        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        Configuration configuration = ConfigurationReader.Read(source, request.AllowOutside, request is { ChangedSince: null, Shard: null } ? null : seen);
        if (Missing(configuration) is { } missing)
        {
            console.Error.WriteLine(missing);
            return ExitCodes.BadInput;
        }

        if (request.Only.Count > 0)
        {
            configuration = configuration with { Properties = [.. configuration.Properties.Where(property => request.Only.Contains(property.Id))] };
        }

        int unchanged = 0;
        if (request.ChangedSince is { } revision)
        {
            string folder = file == InputFile.StandardInputName ? "." : Path.GetDirectoryName(Path.GetFullPath(file))!;
            if (ChangedFiles.Since(revision, folder, out string problem) is not { } changed)
            {
                console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
                return ExitCodes.BadInput;
            }

            IReadOnlyList<ConfiguredProperty> resting = new ChangedProperties(changed).Of(configuration, source, seen);
            unchanged = configuration.Properties.Length - resting.Count;
            configuration = configuration with { Properties = [.. resting] };
        }

        CheckedDocuments? checkedDocuments = configuration.Documents.Any(document => document.IsChecked)
            ? CheckedDocuments.Of(configuration, request.AllowOutside, words =>
                console.Error.WriteLine("provablesec: " + Printable.Clean(words)), request.Jobs, request.Shard,
                new CachedFiles(limits.Cache))
            : null;
        int cachedFiles = limits.Cache?.Hits ?? 0;
        VerifyShard? shard = request.Shard is { } part
            ? VerifyShard.Of(part, request.Settings, configuration, [.. Work(source, seen), .. checkedDocuments?.Work ?? []]) : null;
        if (shard is not null)
        {
            configuration = configuration with { Properties = [.. shard.Places.Select(place => configuration.Properties[place])] };
        }

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
            var asker = new PairAsker(limits.Ask, limits.Certificates is not null, request.Jobs, progress,
                limits is { Cache: { } cache, Opinions: null } ? new CachedProperties(cache, limits) : null);
            PairAnswer[][] answers = asker.Ask(configuration.Properties);
            PropertyVerifier[] verifiers =
                [.. configuration.Properties.Zip(answers, (property, own) => new PropertyVerifier(property, own, DateTime.UtcNow.Date))];
            result = new VerifyResult(configuration, [.. verifiers.Select(verifier => verifier.Report())], default)
            {
                Checked = checkedDocuments,
                Pairs = answers.Sum(own => own.Length),
                Questions = asker.Asked,
                Cached = (limits.Cache?.Hits ?? 0) - cachedFiles,
                Shard = shard,
                Unchanged = unchanged > 0 ? (request.ChangedSince!, unchanged) : null,
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

        int code = limits.Report(console.Error, result.ExitCode(policy));
        if (shard is not null)
        {
            result = result with { Shard = shard with { Record = shard.Record with { ExitCode = code } } };
        }

        return ExitCodes.Combine(code, outputs.Write(result, console));
    }

    /// <summary>What a run rests on beside what it asks: every file that was read for it, and the day, on which waivers end.</summary>
    private IEnumerable<string> Work(DocumentText source, ConcurrentDictionary<string, bool> seen) =>
    [
        source.Text, $"{DateTime.UtcNow.Date:yyyy-MM-dd}",
        .. ShardRecord.ContentsOf(seen.Keys, file == InputFile.StandardInputName ? "" : Path.GetDirectoryName(file) ?? ""),
    ];

    private string? Missing(Configuration configuration)
    {
        string[] ids = [.. configuration.Properties.Select(property => property.Id)];
        foreach (string id in request.Only)
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
