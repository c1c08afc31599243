using System.CommandLine;
using ProvableSec.Report.Commands;
using ProvableSec.Tool;
using ProvableSec.Tool.Report;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Report;

/// <summary>The command line as a whole. It is that of <c>provablesec report</c>, whether that is typed or the program's own name.</summary>
internal static class ReportProgramCommand
{
    /// <summary>Runs a command line in this process.</summary>
    public static int Run(string[] args, CommandConsole console) =>
        ProvableSecCommand.Run(Root, args is ["--version"] ? args : [ReportCommand.Name, .. args], console);

    /// <summary>The program's commands, each with its options.</summary>
    public static RootCommand Root(CommandConsole console) => new("Pages and tables over AWS WAF logs and findings.")
    {
        new Command(ReportCommand.Name, "Pages and tables over AWS WAF logs and findings, offline.")
        {
            ReportKindCommand.Create(ReportKind.Waf, console),
            ReportKindCommand.Create(ReportKind.GuardDuty, console),
            ReportKindCommand.Create(ReportKind.Findings, console),
            AthenaCommand.Create(console),
        },
    };
}
