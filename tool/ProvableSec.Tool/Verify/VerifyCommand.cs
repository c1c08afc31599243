using System.CommandLine;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
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
        Option<string?> changedSince = ChangedSinceOption.Create("properties that rest on a file");
        Option<string?> shard = ShardOption.Create();
        Option<int> jobs = JobsOption.Create();
        var reports = new ReportOptions(VerifyFormats.Names);
        var verdicts = new VerdictOptions();
        var command = new ExampleCommand(
            "verify",
            "Proves or refutes the properties of a configuration file: the gate of a CI job",
            "provablesec verify",
            "provablesec verify infrastructure/provablesec.json --only no-region-switch",
            "provablesec verify --format github --output sarif=provablesec.sarif --output html=provablesec.html",
            "provablesec verify --fail-on error")
        {
            file, only, changedSince, shard, jobs,
        };
        reports.AddTo(command);
        verdicts.AddTo(command);
        command.SetAction(result =>
        new VerifyRun(
            console,
            new VerifyRequest(result.GetRequiredValue(file), result.GetResult(file) is { Tokens.Count: > 0 })
            {
                Only = result.GetValue(only) ?? [],
                Jobs = result.GetValue(jobs),
                AllowOutside = verdicts.AllowOutside(result),
                ChangedSince = result.GetValue(changedSince),
                Shard = ShardOption.Read(result.GetValue(shard)),
                Settings = [.. ShardOption.SettingsOf(result)],
            },
            verdicts.Limits(result),
            verdicts.Policy(result),
            reports.Of(result).With(VerifyFormats.Report)).Run());
        return command;
    }
}
