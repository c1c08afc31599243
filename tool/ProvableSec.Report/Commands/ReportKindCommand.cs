using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ProvableSec.Report.Output;
using ProvableSec.Report.Running;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Report.Commands;

/// <summary>The command of one kind of records.</summary>
internal static class ReportKindCommand
{
    private const int StandardMemory = 400, StandardRows = 50;

    public static Command Create(ReportKind kind, CommandConsole console)
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Files, compressed by gzip or zstd or not, Parquet files of --export; folders of them; - for standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The page, one HTML file; without it and the options below, tables on standard output",
            HelpName = "FILE"
        };
        var sql = new Option<string?>("--sql")
        {
            Description = $"Asks this query instead; tables and views: {kind.View}, {string.Join(", ", kind.ViewNames)}",
            HelpName = "QUERY"
        };
        var shell = new Option<bool>("--shell") { Description = "Asks the queries that standard input gives, each ended by a semicolon" };
        var format = new Option<string>("--format", "-f") { Description = "How tables are written on standard output", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "csv");
        var export = new Option<string?>("--export")
        {
            Description = "Writes the records themselves to --to: as a table, or as events of OCSF (JSON lines, Parquet) for security lakes",
            HelpName = string.Join('|', TableExport.Formats)
        };
        export.AcceptOnlyFromAmong(TableExport.Formats);
        var target = new Option<string?>("--to") { Description = "The file that --export writes", HelpName = "FILE" };
        var serve = new Option<bool>("--serve") { Description = "Shows the page in a browser on this machine only, and follows files that grow" };
        var port = new Option<int>("--port") { Description = "The port of --serve; any free one unless given", HelpName = "N" };
        var from = new Option<DateTime?>("--from")
        {
            Description = "Only records from this day or moment on (UTC)",
            HelpName = "TIME",
            CustomParser = ReadTime
        };
        var until = new Option<DateTime?>("--until")
        {
            Description = "Only records before this day or moment (UTC)",
            HelpName = "TIME",
            CustomParser = ReadTime
        };
        var client = new Option<string?>("--client")
        {
            Description = "Whose requests are listed one by one; of the client that was blocked most unless given",
            HelpName = "ADDRESS",
            Hidden = kind != ReportKind.Waf
        };
        var rows = new Option<int>("--rows") { Description = "How many rows a list has at most", HelpName = "N", DefaultValueFactory = _ => StandardRows };
        rows.Validators.Add(result => CheckRange(result, 1, 10_000));
        var memory = new Option<int>("--memory")
        {
            Description = "Megabytes for tables; beyond, they go to temporary files",
            HelpName = "MB",
            DefaultValueFactory = _ => StandardMemory
        };
        memory.Validators.Add(result => CheckRange(result, 100, 1_000_000));
        var partition = new Option<string?>("--partition")
        {
            Description = "Sorts the findings into finding_type=…/year=…/month=…/day=… below this folder",
            HelpName = "DIR",
            Hidden = !kind.CanPartition
        };
        Option<int> jobs = JobsOption.Create();
        var command = new ExampleCommand(kind.Name, kind.Says, [.. kind.Examples])
        {
            inputs, output, sql, shell, format, export, target, serve, port, from, until, client, rows, memory, partition, jobs,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(export) is not null && result.GetResult(target) is null)
            {
                result.AddError("--export needs --to FILE.");
            }
        });
        command.SetAction(result => new ReportRun(kind, console)
        {
            Inputs = result.GetRequiredValue(inputs),
            Page = result.GetValue(output),
            Sql = result.GetValue(sql),
            IsShell = result.GetValue(shell),
            Format = result.GetRequiredValue(format),
            Export = result.GetValue(export),
            ExportFile = result.GetValue(target),
            Serve = result.GetValue(serve),
            Port = result.GetValue(port),
            From = result.GetValue(from),
            Until = result.GetValue(until),
            Client = result.GetValue(client),
            Rows = result.GetValue(rows),
            Memory = result.GetValue(memory),
            Partition = result.GetValue(partition),
            Jobs = result.GetValue(jobs),
        }.Run());
        return command;
    }

    private static void CheckRange(OptionResult result, int least, int most)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
        {
            result.AddError($"{result.Option.Name} must be between {least} and {most}, not {value}.");
        }
    }

    private static DateTime? ReadTime(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return time.UtcDateTime;
        }

        result.AddError($"\"{result.Tokens[0].Value}\" is not a day or moment such as 2026-01-31 or 2026-01-31T12:00:00Z.");
        return null;
    }
}
