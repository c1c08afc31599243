using System.CommandLine;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Verify;

/// <summary><c>verify [provablesec.json]</c>: the CI gate.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> file = InputArgument.Create("The configuration");
        file.Arity = ArgumentArity.ZeroOrOne;
        file.DefaultValueFactory = _ => "provablesec.json";
        var only = new Option<string[]>("--only") { Description = "Check only this property. May repeat", HelpName = "ID" };
        Option<int> jobs = JobsOption.Create();
        var format = new Option<string>("--format", "-f") { Description = "Output format", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "ndjson", "sarif", "github", "junit", "markdown");
        var verdicts = new VerdictOptions();
        var command = new ExampleCommand(
            "verify",
            "Proves or refutes the properties of a configuration file: the gate of a CI job",
            "provablesec verify",
            "provablesec verify infrastructure/provablesec.json --only no-region-switch",
            "provablesec verify --format sarif > provablesec.sarif",
            "provablesec verify --format github --fail-on error")
        {
            file, only, jobs, format,
        };
        verdicts.AddTo(command);
        command.SetAction(result =>
        {
            IReport<VerifyResult> report = result.GetValue(format) switch
            {
                "json" => new JsonVerifyReport(lines: false),
                "ndjson" => new JsonVerifyReport(lines: true),
                "sarif" => new SarifVerifyReport(),
                "github" => new GitHubVerifyReport(),
                "junit" => new JUnitVerifyReport(),
                "markdown" => new MarkdownVerifyReport(),
                _ => new TextVerifyReport(),
            };
            return new VerifyRun(
                console,
                result.GetRequiredValue(file),
                result.GetResult(file) is { Tokens.Count: > 0 },
                result.GetValue(only) ?? [],
                result.GetValue(jobs),
                verdicts.Limits(result),
                verdicts.Policy(result),
                verdicts.AllowOutside(result),
                report).Run();
        });
        return command;
    }
}
