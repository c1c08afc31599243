using System.CommandLine;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary><c>diff [BASE[..HEAD]]</c> and <c>diff OLD NEW</c>: what a change lets anybody do.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandConsole console)
    {
        var sides = new Argument<string[]>("BASE..HEAD")
        {
            Description =
                "What to compare: revisions of the repository, BASE or BASE..HEAD (from their merge base; without HEAD, to the working tree), or two files or "
                    + "folders, OLD NEW. By default, the default branch with the working tree",
            Arity = new ArgumentArity(0, 2),
        };
        var failOn = new Option<string>("--fail-on") { Description = "What makes the exit code 1", DefaultValueFactory = _ => "new-access" };
        failOn.AcceptOnlyFromAmong("new-access", "public", "escalation", "never");
        var allow = new Option<string?>("--allow")
        {
            Description = "A JSON list of approved access: policy or statement, owner, reason, expires",
            HelpName = "FILE"
        };
        var repository = new Option<string>("--repository")
        {
            Description = "A folder in the repository whose revisions are compared",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "."
        };
        var configuration = new Option<string?>("--configuration")
        {
            HelpName = "FILE",
            Description = "The configuration that says which SCPs, RCPs and boundaries bind whom (default: provablesec.json of the new side)"
        };
        var countBlocked = new Option<bool>("--count-blocked")
        {
            Description = "Count access as new that SCPs, RCPs or a boundary still block"
        };
        Option<string?> asOf = AsOfOption.Create();
        Option<long?> budget = BudgetOption.Create("per proof");
        Option<string?> shard = ShardOption.Create();
        Option<string?> cache = CacheOption.Create();
        Option<int> jobs = JobsOption.Create();
        var reports = new ReportOptions(DiffFormats.Names);
        var command = new ExampleCommand(
            "diff",
            "Shows what a change to policies lets anyone do that they could not do before",
            "provablesec diff",
            "provablesec diff origin/main",
            "provablesec diff v1.2..HEAD --format json",
            "provablesec diff old.json new.json",
            "provablesec diff cdk.out.main cdk.out",
            "provablesec diff origin/main --allow approved.json --output markdown=comment.md",
            "provablesec diff origin/main --fail-on public")
        {
            sides, repository, failOn, allow, configuration, countBlocked, asOf, budget, cache, shard, jobs,
        };
        reports.AddTo(command);
        command.Validators.Add(result =>
        {
            foreach (string side in result.GetValue(sides) ?? [])
            {
                // The parser takes an option it does not know for a path.
                if (side is ['-', ..])
                {
                    result.AddError($"Unrecognized option '{side}'.");
                }
            }
        });
        command.SetAction(result => new DiffRun(
            console,
            new DiffRequest
            {
                Arguments = result.GetValue(sides) ?? [],
                Repository = result.GetRequiredValue(repository),
                FailOn = result.GetValue(failOn) switch
                {
                    "public" => DiffFailure.Public,
                    "escalation" => DiffFailure.Escalation,
                    "never" => DiffFailure.Never,
                    _ => DiffFailure.NewAccess,
                },
                Allow = result.GetValue(allow),
                Configuration = result.GetValue(configuration),
                CountBlocked = result.GetValue(countBlocked),
                AsOf = result.GetValue(asOf),
                Budget = result.GetValue(budget),
                Cache = CacheOption.Read(result.GetValue(cache)),
                Shard = ShardOption.Read(result.GetValue(shard)),
                Settings = [.. ShardOption.SettingsOf(result)],
                Jobs = result.GetValue(jobs),
            },
            reports.Of(result).With(DiffFormats.Report)).Run());
        return command;
    }
}
