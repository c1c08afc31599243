using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>A run of <c>scan</c>, from the paths to the exit code.</summary>
internal sealed class ScanRun(CommandConsole console, ScanRequest request, ReportOutputs<ScanResult> outputs)
{
    /// <summary>Fingerprints that a repository allows for good, at its root.</summary>
    public const string AllowedFileName = ".provablesec-allowed";

    private int code = ExitCodes.Success;

    public int Run()
    {
        string[] paths = [.. request.Paths.Where(Exists)];
        if (paths.Length == 0)
        {
            return code;
        }

        string folder = Directory.Exists(paths[0]) ? paths[0] : paths[0] == InputFile.StandardInputName ? "."
            : Path.GetDirectoryName(Path.GetFullPath(paths[0]))!;
        string root = FileTree.RepositoryRoot(Path.GetFullPath(folder)) ?? folder;
        // With half a list of exceptions the findings would be wrong ones.
        if (ReadAllowed(root) is not { } allowed || ReadGitAllowed(Path.Combine(root, GitAllowed.FileName),
            InputScope.Of(root, allowOutside: false)) is not { } patterns)
        {
            return code;
        }

        var settings = new ScanSettings(new CredentialScanner(DateTimeOffset.UtcNow, allowed), patterns, request.Jobs, request.MaxBytes, request.IgnoreFiles,
            request.IsCommitMessage);
        var tally = new ScanTally();
        List<LocatedFinding>? found;
        using (var progress = new Progress(console, "texts"))
        {
            found = request.Source switch
            {
                ScanSource.Staged => new GitObjects(folder, settings, tally, progress).Staged(),
                ScanSource.History => new GitObjects(folder, settings, tally, progress).History(),
                _ => new FileScan(settings, tally, progress, console.Input).Run(paths),
            };
        }

        if (found is null)
        {
            return Refuse($"{folder} is not a repository that the git command can read.");
        }

        var result = ScanResult.Of(found, tally);
        Tell(tally, patterns, folder);
        return request.WriteBaseline is { } baseline ? WriteBaseline(result, baseline) : Report(result);
    }

    private void Tell(ScanTally tally, GitAllowed patterns, string folder)
    {
        foreach (string note in tally.Notes)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(note));
        }

        foreach (string refusal in tally.Refusals)
        {
            Refuse(refusal);
        }

        if (patterns.IsExhausted)
        {
            Refuse($"{GitAllowed.FileName} has too many patterns for this many findings (more than {GitAllowed.MostWork:N0} comparisons); what it may allow "
                + $"is reported. Put fingerprints into {AllowedFileName} instead.");
        }

        foreach (string gap in tally.Gaps)
        {
            console.Error.WriteLine(
                $"provablesec: the history of {Printable.Clean(folder)} is incomplete; {gap}"
                    + $"{(request.AllowIncomplete ? "" : "; --allow-incomplete accepts that")}.");
        }

        if (tally.Gaps.Any() && !request.AllowIncomplete)
        {
            code = ExitCodes.Combine(code, ExitCodes.Undecided);
        }
    }

    private int Report(ScanResult result)
    {
        code = ExitCodes.Combine(code, outputs.Write(result, console));
        console.Error.WriteLine(result.Summary());
        bool counts = request.FailOn != Severity.Never && result.Findings.Any(located => Severities.Of(located.Finding.Severity) >= request.FailOn);
        return ExitCodes.Combine(code, counts ? ExitCodes.Finding : ExitCodes.Success);
    }

    private int WriteBaseline(ScanResult result, string file)
    {
        try
        {
            OutputFile.Write(file, string.Concat(result.Findings.SelectMany(located => located.Places).DistinctBy(located => located.Finding.Fingerprint)
                .Select(located => $"{located.Finding.Fingerprint}  # {located.Finding.Rule.Id} {Printable.Clean(located.File)}\n")
                .Prepend("# Findings of provablesec scan that are known. Each line is one; delete it when the finding has been dealt with.\n")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{file} cannot be written: {e.Message}");
        }

        console.Error.WriteLine(result.Summary());
        return code;
    }

    private bool Exists(string path)
    {
        if (Path.Exists(path) || (path == InputFile.StandardInputName && request.Source == ScanSource.Files))
        {
            return true;
        }

        Refuse($"{path} does not exist");
        return false;
    }

    private AllowedCredentials? ReadAllowed(string root)
    {
        string own = Path.Combine(root, AllowedFileName);
        var lines = new List<string>();
        foreach (string file in File.Exists(own) ? request.Baselines.Append(own) : request.Baselines)
        {
            InputScope? scope = file == own ? InputScope.Of(root, allowOutside: false) : null;
            if (InputFile.TryRead(file, file, out PolicyProblem? problem, scope) is not { } text)
            {
                Refuse(ProblemText.Of(problem!));
                return null;
            }

            AllowedCredentials.Read(text.Text, out int badLine);
            if (badLine > 0)
            {
                Refuse($"{file}:{badLine}:1: expected a fingerprint, 64 hexadecimal digits, or a comment that begins with #");
                return null;
            }

            lines.Add(text.Text);
        }

        return AllowedCredentials.Read(string.Join('\n', lines), out _);
    }

    private GitAllowed? ReadGitAllowed(string file, InputScope scope)
    {
        if (!File.Exists(file))
        {
            return GitAllowed.None;
        }

        if (InputFile.TryRead(file, file, out PolicyProblem? unreadable, scope) is not { } text)
        {
            Refuse(ProblemText.Of(unreadable!));
            return null;
        }

        if (text.Text.Length > GitAllowed.MaxBytes)
        {
            Refuse($"{file} is larger than the limit of {GitAllowed.MaxBytes >> 10} KB");
            return null;
        }

        var patterns = GitAllowed.Read(text.Text, out (int Line, string Why)? problem);
        if (problem is { } bad)
        {
            Refuse($"{file}:{bad.Line}:1: {bad.Why}");
            return null;
        }

        return patterns;
    }

    private int Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        return code = ExitCodes.BadInput;
    }
}
