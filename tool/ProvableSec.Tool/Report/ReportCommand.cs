using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Report;

/// <summary>
/// <c>report</c>: pages over logs and findings, by a program of its own, whose database engine is larger than the whole of this one. Here is what is said where
/// that
/// program is not.
/// </summary>
internal static class ReportCommand
{
    public const string Name = "report";

    public static Command Create(CommandConsole console)
    {
        var command = new ExampleCommand(
            Name,
            "Draws pages and tables of AWS WAF logs and findings",
            "provablesec report waf logs/ --out report.html",
            "provablesec report guardduty findings/ --out report.html",
            "provablesec report findings findings.json check.sarif --out report.html")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(_ =>
        {
            console.Error.WriteLine($"provablesec: report needs the program {ReportProgram.ProgramName}, which is not beside this one and not on the PATH.");
            console.Error.WriteLine($"To install it: dotnet tool install --global {ReportProgram.ProgramName}");
            return ExitCodes.BadInput;
        });
        return command;
    }
}
