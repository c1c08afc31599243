using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Scan;

/// <summary><c>scan PATH…</c>: credentials in files, in the next commit, in the history.</summary>
internal static class ScanCommand
{
    private const int LargestMegabytes = 1024;

    public static Command Create(CommandConsole console)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders, or - for standard input; with --staged or --history, a folder in the repository (default: .)",
            Arity =
                ArgumentArity.ZeroOrMore
        };
        var staged = new Option<bool>("--staged") { Description = "Scan what the next commit adds or changes" };
        var history = new Option<bool>("--history") { Description = "Scan every object of the repository once, including commit messages" };
        var message = new Option<bool>("--commit-message")
        {
            Description = "PATH is a commit message (commit-msg hook): text below git's scissors line is not scanned"
        };
        var allowIncomplete = new Option<bool>("--allow-incomplete") { Description = "Pass even if commits or files are missing (shallow or partial clone)" };
        var noIgnore = new Option<bool>("--no-ignore") { Description = "Also scan untracked files that .gitignore ignores" };
        var maxSize = new Option<int>("--max-size")
        {
            Description = "Skip files larger than this many megabytes",
            HelpName = "MB",
            DefaultValueFactory = _ => 64
        };
        maxSize.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int size) && size is < 1 or > LargestMegabytes)
            {
                result.AddError($"--max-size must be between 1 and {LargestMegabytes}, not {text}.");
            }
        });
        var baseline = new Option<string[]>("--baseline")
        {
            Description = $"A file of known fingerprints; {ScanRun.AllowedFileName} at the root of the repository is always read. May repeat",
            HelpName = "FILE"
        };
        var writeBaseline = new Option<string?>("--write-baseline")
        {
            Description = "Write the fingerprints of all findings to this file instead of reporting them",
            HelpName = "FILE"
        };
        Option<int> jobs = JobsOption.Create();
        Option<string> failOn = FailOnOption.Create();
        var reports = new ReportOptions(["text", "json", "sarif", "github"]);
        var command = new ExampleCommand(
            "scan",
            "Finds AWS credentials in files, in the next commit or in the history",
            "provablesec scan .",
            "provablesec scan --staged",
            "aws ecs describe-task-definition --task-definition app | provablesec scan -",
            "provablesec scan --history --format json",
            "provablesec scan src --output sarif=credentials.sarif",
            "provablesec scan . --write-baseline known.txt && provablesec scan . --baseline known.txt")
        {
            paths, staged, history, allowIncomplete, message, noIgnore, maxSize, baseline, writeBaseline, jobs, failOn,
        };
        reports.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(staged) && result.GetValue(history))
            {
                result.AddError("--staged and --history exclude each other.");
            }

            foreach (string path in result.GetValue(paths) ?? [])
            {
                // The parser takes an option it does not know for a path.
                if (path is ['-', _, ..])
                {
                    result.AddError($"Unrecognized option '{path}' (write ./{path} if it is a file).");
                }
            }
        });
        command.SetAction(result =>
        {
            var request = new ScanRequest
            {
                Paths = result.GetValue(paths) is { Length: > 0 } given ? given : ["."],
                Source = result.GetValue(staged) ? ScanSource.Staged : result.GetValue(history) ? ScanSource.History : ScanSource.Files,
                Jobs = result.GetValue(jobs),
                MaxBytes = (long)result.GetValue(maxSize) << 20,
                IsCommitMessage = result.GetValue(message),
                AllowIncomplete = result.GetValue(allowIncomplete),
                IgnoreFiles = !result.GetValue(noIgnore),
                Baselines = result.GetValue(baseline) ?? [],
                WriteBaseline = result.GetValue(writeBaseline),
                FailOn = FailOnOption.Read(result.GetValue(failOn)),
            };
            return new ScanRun(console, request, reports.Of(result).With<ScanResult>(name => name switch
            {
                "json" => new JsonScanReport(),
                "sarif" => new SarifScanReport(),
                "github" => new GitHubScanReport(),
                _ => new TextScanReport(),
            })).Run();
        });
        return command;
    }
}
