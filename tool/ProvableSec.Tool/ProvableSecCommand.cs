using System.CommandLine;
using System.CommandLine.Help;
using ProvableSec.Tool.Ask;
using ProvableSec.Tool.Certificates;
using ProvableSec.Tool.Check;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Completion;
using ProvableSec.Tool.Diff;
using ProvableSec.Tool.Explain;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Init;
using ProvableSec.Tool.Merge;
using ProvableSec.Tool.Prove;
using ProvableSec.Tool.Report;
using ProvableSec.Tool.Scan;
using ProvableSec.Tool.Simulate;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Trim;
using ProvableSec.Tool.Verdicts;
using ProvableSec.Tool.Verify;

namespace ProvableSec.Tool;

/// <summary>The command line as a whole.</summary>
internal static class ProvableSecCommand
{
    /// <summary>Runs a command line in this process.</summary>
    public static int Run(string[] args, Stream stdin, Stream stdout, TextWriter stderr)
    {
        using var console = new CommandConsole(stdin, stdout, stderr);
        return Run(args, console);
    }

    /// <summary>Runs a command line in this process.</summary>
    public static int Run(string[] args, CommandConsole console) =>
        args is [ReportCommand.Name, .. string[] rest] && ReportProgram.TryRun(rest, out int code) ? code : Run(Root, args, console);

    /// <summary>Runs a command line of one of the programs.</summary>
    /// <param name="root">Makes its commands.</param>
    /// <param name="args">The command line.</param>
    /// <param name="console">The streams.</param>
    public static int Run(Func<CommandConsole, RootCommand> root, string[] args, CommandConsole console)
    {
        try
        {
            // Without a replacer "@name" is a name, as in any other tool.
            ParseResult parsed = WithStandardOptions(root(console), console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            int code = parsed.Action is not { ClearsParseErrors: true } && (parsed.Errors.Count > 0 || Misspelling.In(parsed) is not null)
                ? UsageError(parsed, console)
                : parsed.Invoke(new InvocationConfiguration { Output = console.OutputText, Error = console.Error, EnableDefaultExceptionHandler = false });
            console.Flush();
            return code;
        }
        catch (IOException e) when (console.IsClosedPipe(e))
        {
            // "… | head" has seen enough. The answers were cut short, so this is not a success; but nothing needs saying.
            return ExitCodes.BadInput;
        }
        catch (IOException e)
        {
            // Files report theirs by name; what is left are the standard streams: a full disk behind the output, a folder as input.
            console.Error.WriteLine("provablesec: standard input or output failed: " + Printable.Clean(e.Message));
            console.Error.Flush();
            return ExitCodes.BadInput;
        }
        catch (Exception e)
        {
            return Crash(args, e, console);
        }
    }

    /// <summary>The program's commands, each with its options.</summary>
    public static RootCommand Root(CommandConsole console) => new("Proves what IAM policies allow, and decides requests as AWS would, offline.")
    {
        SimulateCommand.Create(console),
        ProveCommand.Create(console),
        VerifyCommand.Create(console),
        InitCommand.Create(console),
        CertificateCommand.Create(console),
        AskCommand.Create(console),
        CheckCommand.Create(console),
        DiffCommand.Create(console),
        ExplainCommand.Create(console),
        ScanCommand.Create(console),
        InstallHookCommand.Create(console),
        TrimCommand.Create(console),
        ReportCommand.Create(console),
        MergeCommand.Create(console, [new CheckMerger(), new VerifyMerger(), new DiffMerger()]),
        CompletionCommand.Create(console),
    };

    private static RootCommand WithStandardOptions(RootCommand root, CommandConsole console)
    {
        foreach (Option option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Action = new HelpWithExamples(console);
                    break;
                case VersionOption version:
                    version.Action = new VersionAction(console);
                    break;
            }
        }

        return root;
    }

    private static int UsageError(ParseResult parsed, CommandConsole console)
    {
        // After a name that there is not, what else seems wrong follows from it.
        foreach (string problem in Misspelling.In(parsed) is { } misspelled ? [misspelled] : parsed.Errors.Select(error => error.Message))
        {
            // The library breaks some messages into lines; a usage error is one.
            console.Error.WriteLine("provablesec: " + Printable.Clean(string.Join(' ', problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        }

        console.Error.WriteLine($"'{HelpText.PathOf(parsed.CommandResult.Command)} --help' shows how it is used.");
        console.Error.Flush();
        return ExitCodes.BadInput;
    }

    private static int Crash(string[] args, Exception exception, CommandConsole console)
    {
        console.Error.WriteLine($"provablesec: internal error ({exception.GetType().Name}). This is a bug in provablesec, not in its input.");
        console.Error.WriteLine(CrashBundle.Write(args, exception) is { } bundle
            ? $"What to report is in {bundle}; it holds the command line and the exception, and no content of any file."
            : exception.ToString());
        console.Error.Flush();
        return ExitCodes.InternalError;
    }
}
