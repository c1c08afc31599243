using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Merge;

/// <summary><c>merge RESULT.json…</c>: the results of all shards of a run as that of one run.</summary>
internal static class MergeCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">Where everything goes.</param>
    /// <param name="mergers">Those of the commands that can be done in parts.</param>
    public static Command Create(CommandConsole console, IReadOnlyList<IResultMerger> mergers)
    {
        var results = new Argument<string[]>("RESULT")
        {
            Description = "The JSON results of all shards of one run, in any order",
            Arity = ArgumentArity.OneOrMore,
        };
        var reports = new ReportOptions([.. mergers.SelectMany(merger => merger.Formats).Distinct()]);
        var command = new ExampleCommand(
            "merge",
            "Puts the results of the shards of a run together, as if it had been one",
            "provablesec merge shard-1.json shard-2.json shard-3.json",
            "provablesec merge results/*.json --format github --output sarif=provablesec.sarif")
        {
            results,
        };
        reports.AddTo(command);
        command.SetAction(result => new MergeRun(console, mergers, result.GetValue(results) ?? [], reports.Of(result)).Run());
        return command;
    }
}
