using System.Diagnostics;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Rules.Policies.Waivers;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>A run of <c>check</c>, from the paths to the exit code.</summary>
internal sealed class CheckRun(CommandConsole console, CheckRequest request, ReportOutputs<CheckResult> outputs)
{
    /// <summary>Why a run without any document is no success.</summary>
    public const string NothingToCheck = "no policy, template, account dump or plan was found, so nothing is checked";

    private readonly CachedFiles cached = new(request.Cache);
    private int code = ExitCodes.Success;

    public int Run()
    {
        var clock = Stopwatch.StartNew();
        (CheckInput[] all, IReadOnlyList<OwnCheck> own) = CheckInput.Of(request, Refuse);
        if (request.UnknownIgnored(own) is { } noRule)
        {
            Refuse(noRule);
            return code;
        }

        // With half a list of waivers the findings would be wrong ones.
        if (ReadWaivers(own) is not { } waivers)
        {
            return code;
        }

        Baseline? baseline = request.Baseline is { } known ? new CheckBaseline(known).Read(Refuse) : null;
        if (request.Baseline is not null && baseline is null)
        {
            return code;
        }

        int unchanged = all.Length;
        if (Changed(all) is not { } changed)
        {
            return code;
        }

        all = changed;
        unchanged -= all.Length;
        int[] places = [.. Enumerable.Range(0, all.Length).Where(place => request.Shard?.Has(place) ?? true)];
        CheckedFile[] files = Files([.. places.Select(place => all[place])], waivers);
        var findings = new List<CheckFinding>();
        var used = new HashSet<Waiver>();
        var refused = new Dictionary<Waiver, string>();
        int waived = 0;
        foreach (CheckedFile file in files)
        {
            var usedInline = new HashSet<InlineWaiver>();
            FileWaivers listed = file.Listed(waivers);
            foreach (KeyValuePair<Waiver, string> why in listed.Refused)
            {
                refused[why.Key] = why.Value;
            }

            foreach (CheckFinding finding in file.Findings)
            {
                InlineWaiver? inline = file.WaiverOf(finding);
                Waiver? waiver = inline?.Waiver ?? listed.Of(finding.Finding);
                if (inline is not null)
                {
                    usedInline.Add(inline);
                }
                else if (waiver is not null)
                {
                    used.Add(waiver);
                }

                bool isOver = waiver is not null && waiver.Until < DateTime.UtcNow.Date;
                if (request.Ignores(finding.Finding.Rule) || (waiver is not null && !isOver))
                {
                    waived++;
                }
                else
                {
                    findings.Add(isOver
                        ? finding with { Finding = finding.Finding with { Message = $"{finding.Finding.Message} (waived until {waiver!.Until:yyyy-MM-dd})" } }
                        : finding);
                }
            }

            foreach (InlineWaiver unused in file.Waivers.Where(waiver => !usedInline.Contains(waiver)))
            {
                console.Error.WriteLine(UnusedNote(unused.Waiver));
            }
        }

        List<(string About, string Note)> idle =
        [
            .. waivers.Select((waiver, number) => (Waiver: waiver, Number: number)).Where(one => !used.Contains(one.Waiver) || refused.ContainsKey(one.Waiver))
                .Select(one => ($"waiver {one.Number}", UnusedNote(one.Waiver, refused.TryGetValue(one.Waiver, out string? why) ? why : null))),
            .. own.Where(check =>
                !files.Any(file => file.Policies.Any(policy => policy.Context.OwnChecks.Contains(check) && check.AppliesTo(policy.Context.Type))))
                .Select(check => ($"check {check.Rule.Id}", $"provablesec: the check {Printable.Clean(check.Rule.Id)} is about none of these policies.")),
        ];
        // Another part may have what they are about.
        foreach ((_, string note) in request is { Shard: null, ChangedSince: null } ? idle : [])
        {
            console.Error.WriteLine(note);
        }

        foreach (string note in files.Select(file => file.NameNote).OfType<string>())
        {
            console.Error.WriteLine($"provablesec: {Printable.Clean(note)}.");
        }

        IReadOnlyList<CheckFinding> counted = baseline is null ? findings : new CheckBaseline(request.Baseline!).New(baseline, findings);
        var result = new CheckResult(counted, [.. files.Select((file, i) => FileFacts.Of(places[i], file))], waived)
        {
            CodeOf = request.CodeOf,
            OwnRules = [.. own.Select(check => check.Rule)],
            Idle = request.ChangedSince is null ? idle : [],
            Unchanged = unchanged > 0 ? (request.ChangedSince!, unchanged) : null,
            Import = request.Import,
        };
        if (code == ExitCodes.Success && !result.HasDocuments && request.Shard is null && unchanged == 0)
        {
            Refuse($"{string.Join(", ", request.Paths)}: {NothingToCheck}"
                + (Directories().Any(folder => new FileTree(request.IgnoreFiles).Files(folder)
                    .Any(file => file.Name.EndsWith(".tf", StringComparison.OrdinalIgnoreCase)))
                    ? $"; of {RecognizedInput.TerraformSource.What} {RecognizedInput.TerraformSource.Advice}"
                    : ""));
        }

        if (baseline is not null)
        {
            result = result with
            {
                Known = [.. findings.Except<CheckFinding>(counted, ReferenceEqualityComparer.Instance)],
                Gone = GoneOf(baseline, files),
                HasBaseline = true
            };
        }

        int found = counted.Aggregate(ExitCodes.Success, (worst, finding) => ExitCodes.Combine(worst, request.CodeOf(finding.Finding)));
        if (request.Shard is { } shard)
        {
            result = result with
            {
                Shard = ShardRecord.Of("check", shard, request.Settings, Work(all)) with { ExitCode = ExitCodes.Combine(code, found) },
            };
        }

        int written = outputs.Write(result, console);
        console.Error.WriteLine(result.Summary(request.Cache?.Hits ?? 0, clock.Elapsed));
        if (request.Cache is { IsUnwritable: true })
        {
            console.Error.WriteLine(VerdictCache.UnwrittenNote);
        }

        code = ExitCodes.Combine(code, written);
        // What is written down is what the next run takes for known.
        return request.WrittenBaseline is { } target ? WriteBaseline(target, findings) : ExitCodes.Combine(code, found);
    }

    /// <summary>The files that changed; all of them where what they are checked by did. Null where nobody knows.</summary>
    private CheckInput[]? Changed(CheckInput[] inputs)
    {
        if (request.ChangedSince is not { } revision)
        {
            return inputs;
        }

        string first = inputs.Length == 0 ? "." : inputs[0].Path;
        if (ChangedFiles.Since(revision, Path.GetDirectoryName(Path.GetFullPath(first))!, out string problem) is not { } changed)
        {
            Refuse(problem);
            return null;
        }

        return ((string?[])[request.Waivers, request.Baseline]).OfType<string>().Any(changed.HasChanged) ? inputs
            : [.. inputs.Where(input => changed.HasChanged(input.Path) || input.RestsOn.Any(changed.HasChanged))];
    }

    /// <summary>Every file with its content, and how it is checked.</summary>
    private IEnumerable<string> Work(CheckInput[] inputs)
    {
        foreach (CheckInput input in inputs)
        {
            yield return $"{input.Name} {input.IsNamed} {CheckKey.Of(input.Request)} {ShardRecord.ContentOf(input.Path)}";
        }

        foreach (string file in ((string?[])[request.Waivers, request.Baseline]).OfType<string>())
        {
            yield return ShardRecord.ContentOf(file);
        }
    }

    private IReadOnlyList<BaselineEntry> GoneOf(Baseline baseline, CheckedFile[] files)
    {
        IReadOnlyList<BaselineEntry> gone = new CheckBaseline(request.Baseline!).Gone(baseline, files.SelectMany(file => file.Findings),
            files.Select(file => file.Source).OfType<DocumentText>());
        int count = gone.Sum(entry => entry.Count);
        if (count > 0)
        {
            console.Error.WriteLine(
                $"provablesec: {count} finding{(count == 1 ? "" : "s")} of the baseline {(count == 1 ? "is" : "are")} gone: write it anew with "
                    + $"--write-baseline {Printable.Clean(request.Baseline!)}.");
        }

        return gone;
    }

    private int WriteBaseline(string file, IReadOnlyList<CheckFinding> findings)
    {
        if (code != ExitCodes.Success)
        {
            Refuse($"{file} is not written: what cannot be read may have findings, too");
            return code;
        }

        try
        {
            int count = new CheckBaseline(file).Write(findings).Entries.Sum(entry => entry.Count);
            console.Error.WriteLine($"provablesec: {Printable.Clean(file)} holds {count} finding{(count == 1 ? "" : "s")}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse($"{file} cannot be written: {e.Message}");
        }

        return code;
    }

    private IEnumerable<string> Directories() => request.Paths.Where(Directory.Exists);

    private CheckedFile[] Files(CheckInput[] inputs, IReadOnlyList<Waiver> waivers)
    {
        var files = new CheckedFile[inputs.Length];
        using (var progress = new Progress(console, "files"))
        {
            Parallel.For(0, inputs.Length, new ParallelOptions { MaxDegreeOfParallelism = request.Jobs }, i =>
            {
                (string path, string name, bool isNamed, InputScope? scope, CheckRequest its) = inputs[i];
                files[i] = path == InputFile.StandardInputName ? FromInput(its)
                    : Fixed(cached.Read(path, name, isNamed, scope, its), path, isNamed, waivers, its);
                lock (progress)
                {
                    progress.Add(1);
                }
            });
        }

        foreach (PolicyProblem problem in files.SelectMany(file => file.Problem is { } unreadable ? [unreadable] : file.PartProblems))
        {
            Refuse(ProblemText.Of(problem));
        }

        return files;
    }

    private static string UnusedNote(Waiver waiver, string? why = null)
    {
        string statement = waiver.Statement.Length > 0 ? $", statement {Printable.Clean(waiver.Statement)}," : "";
        return $"provablesec: the waiver of {Printable.Clean(waiver.Rule)} in {Printable.Clean(waiver.File)}{statement} covers no finding"
            + $"{(why is null ? "" : ": " + Printable.Clean(why))}.";
    }

    /// <summary>The file after its findings are fixed, if that was asked for.</summary>
    private CheckedFile Fixed(CheckedFile file, string path, bool isNamed, IReadOnlyList<Waiver> waivers, CheckRequest its)
    {
        if (!request.Fix || file.Findings.Count == 0)
        {
            return file;
        }

        // What is from the cache knows no ways to fix it.
        file = request.Cache is null ? file : CheckedFile.Of(file.Source!, isNamed, its);

        FileWaivers listed = file.Listed(waivers);
        var fixer = new PolicyFixer(its, finding => !request.Ignores(finding.Finding.Rule) && file.WaiverOf(finding) is null
            && listed.Of(finding.Finding) is null);
        (DocumentText text, IReadOnlyList<string> done) = fixer.Fix(file.Source!);
        if (done.Count == 0)
        {
            return file;
        }

        try
        {
            if (!request.DryRun)
            {
                PolicyFixer.Write(path, text);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (outputs)
            {
                Refuse($"{file.Source!.Name} cannot be written: {e.Message}");
            }

            return file;
        }

        lock (outputs)
        {
            foreach (string line in done)
            {
                console.Error.WriteLine($"{(request.DryRun ? "would fix" : "fixed")} {Printable.Clean(line)}");
            }
        }

        return request.DryRun ? file : CheckedFile.Of(text, isNamed: true, its);
    }

    private CheckedFile FromInput(CheckRequest its) =>
        InputFile.TryRead(console.Input, InputFile.StandardInputName, out PolicyProblem? problem) is { } source ? cached.Of(source, true, its)
            : new CheckedFile(null, [], [], problem);

    private IReadOnlyList<Waiver>? ReadWaivers(IReadOnlyList<OwnCheck> own)
    {
        if (request.Waivers is not { } file)
        {
            return [];
        }

        if (InputFile.TryRead(file, file, out PolicyProblem? unreadable) is not { } source)
        {
            Refuse(ProblemText.Of(unreadable!));
            return null;
        }

        (IReadOnlyList<Waiver> waivers, IReadOnlyList<PolicyProblem> problems) = WaiverReader.Read(source, own);
        foreach (PolicyProblem problem in problems)
        {
            Refuse(ProblemText.Of(problem));
        }

        return problems.Count > 0 ? null : waivers;
    }

    private void Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        code = ExitCodes.BadInput;
    }
}
