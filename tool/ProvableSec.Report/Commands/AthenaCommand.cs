using System.CommandLine;
using System.Text.RegularExpressions;
using ProvableSec.Analytics.Queries;
using ProvableSec.Report.Output;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Report.Commands;

/// <summary><c>report athena</c>: the same questions over logs that stay in S3.</summary>
internal static partial class AthenaCommand
{
    private const int FirstYear = 2024;
    private const string Sql = "sql", CloudFormation = "cloudformation";

    private static readonly ReportKind[] Kinds = [ReportKind.Waf, ReportKind.GuardDuty, ReportKind.Findings];

    public static Command Create(CommandConsole console)
    {
        var kind = new Argument<string>("KIND") { Description = "Which logs" };
        kind.AcceptOnlyFromAmong([.. Kinds.Select(known => known.Name)]);
        var location = new Option<string?>("--location")
        {
            Description = "Where the logs are in S3; without it the template makes a bucket, and a stream that brings them there",
            HelpName = "S3-URL",
        };
        location.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !S3Url().IsMatch(value))
            {
                result.AddError($"\"{value}\" is not a place in S3 such as s3://bucket/prefix/.");
            }
        });
        var database = new Option<string>("--database") { Description = "The database of Glue", HelpName = "NAME", DefaultValueFactory = _ => "provablesec" };
        database.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !DatabaseName().IsMatch(value))
            {
                result.AddError($"\"{value}\" is not a name of a database: small letters, digits and underscores.");
            }
        });
        var first = new Option<int>("--first-year") { Description = "The year of the first logs", HelpName = "YEAR", DefaultValueFactory = _ => FirstYear };
        var format = new Option<string>("--format", "-f")
        {
            Description = "SQL to run in Athena, or a template of CloudFormation",
            DefaultValueFactory = _ => Sql
        };
        format.AcceptOnlyFromAmong(Sql, CloudFormation);
        var layout = new Option<string?>("--layout")
        {
            Description = "The folders of the logs: yyyy/MM/dd of Firehose; finding_type=… of --partition, the default for guardduty with --location",
            HelpName = "firehose|sorted",
        };
        layout.AcceptOnlyFromAmong(AthenaLayout.Firehose.Name, AthenaLayout.Sorted.Name);
        var command = new ExampleCommand(
            "athena",
            "Tables, views and named queries of Athena for logs that stay in S3",
            "provablesec report athena waf --location s3://my-bucket/waf/ > waf.sql",
            "provablesec report athena guardduty --location s3://my-bucket/findings/ --format cloudformation > template.json",
            "provablesec report athena findings --format cloudformation > template.json")
        {
            kind, location, layout, database, first, format,
        };
        command.Validators.Add(result =>
        {
            // A default is not a value yet.
            if (result.GetResult(location) is null && result.GetValue(format) is not CloudFormation)
            {
                result.AddError($"--location is needed: SQL is about logs that are in S3 already; --format {CloudFormation} can bring them there.");
            }

            bool canBeSorted = result.GetResult(location) is not null && result.GetValue(kind) == ReportKind.GuardDuty.Name;
            if (result.GetValue(layout) == AthenaLayout.Sorted.Name && !canBeSorted)
            {
                result.AddError("--layout sorted is of findings of GuardDuty that are in S3 already; samples/guardduty-firehose brings them there.");
            }
        });
        command.SetAction(result =>
        {
            ReportKind chosen = Kinds.Single(known => known.Name == result.GetRequiredValue(kind));
            string name = result.GetRequiredValue(database);
            string? given = result.GetValue(location);
            bool isSorted = given is not null && chosen == ReportKind.GuardDuty && result.GetValue(layout) != AthenaLayout.Firehose.Name;
            var script = new AthenaScript(
                chosen.Name, chosen.Questions, isSorted ? AthenaLayout.Sorted : AthenaLayout.Firehose,
                given ?? $"s3://{AthenaTemplate.OwnBucket}/{chosen.Name}/", result.GetValue(first), ReportKind.RulePhases);
            if (result.GetRequiredValue(format) == Sql)
            {
                AthenaOutput.Write(script, name, console.OutputText);
            }
            else
            {
                var template = new AthenaTemplate(chosen, script, name);
                console.OutputText.Write(given is null ? template.WithStream() : template.OfLogs());
            }

            return ExitCodes.Success;
        });
        return command;
    }

    [GeneratedRegex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*()/=-]*)?$")]
    private static partial Regex S3Url();

    [GeneratedRegex("^[a-z0-9_]{1,128}$")]
    private static partial Regex DatabaseName();
}
