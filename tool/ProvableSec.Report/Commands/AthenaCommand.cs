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

    public static Command Create(CommandConsole console)
    {
        var kind = new Argument<string>("KIND") { Description = "Which logs" };
        kind.AcceptOnlyFromAmong(ReportKind.Waf.Name, ReportKind.GuardDuty.Name);
        var location = new Option<string>("--location")
        {
            Description = "Where the logs are in S3: of Firehose for waf, of --partition for guardduty",
            HelpName = "S3-URL",
            Required = true
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
            DefaultValueFactory = _ => "sql"
        };
        format.AcceptOnlyFromAmong("sql", "cloudformation");
        var command = new ExampleCommand(
            "athena",
            "Tables, views and named queries of Athena for logs that stay in S3",
            "provablesec report athena waf --location s3://my-bucket/waf/ > waf.sql",
            "provablesec report athena guardduty --location s3://my-bucket/findings/ --format cloudformation > template.json")
        {
            kind, location, database, first, format,
        };
        command.SetAction(result =>
        {
            ReportKind chosen = result.GetRequiredValue(kind) == ReportKind.Waf.Name ? ReportKind.Waf : ReportKind.GuardDuty;
            var script = new AthenaScript(chosen.Name, chosen.Questions, result.GetRequiredValue(location), result.GetValue(first));
            if (result.GetRequiredValue(format) == "sql")
            {
                AthenaOutput.WriteSql(script, result.GetRequiredValue(database), console.OutputText);
            }
            else
            {
                AthenaOutput.WriteTemplate(script, chosen.Title, result.GetRequiredValue(database), console);
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
