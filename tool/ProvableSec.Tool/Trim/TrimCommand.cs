using System.CommandLine;
using System.Globalization;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Trim;

/// <summary><c>trim</c>: AWS WAF logs without the records that nobody needs, and without what nobody may read.</summary>
internal static class TrimCommand
{
    // What CloudWatch Logs takes for vended logs in US East (N. Virginia), up to 10 TB a month.
    private const decimal OrdinaryPrice = 0.50m;

    public static Command Create(CommandConsole console)
    {
        var inputs = new Argument<string[]>("FILE")
        {
            Description = "Log files, uncompressed or compressed with gzip or zstd; folders of log files; - for standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(result =>
        {
            foreach (string value in result.Tokens.Select(token => token.Value).Where(value => value.Length > 1 && value[0] == '-'))
            {
                result.AddError($"Unrecognized option '{value}' (write ./{value} if it is a file).");
            }
        });
        var rules = new Option<string?>("--rules", "-r")
        {
            Description = "The rules, or an AWS WAF logging configuration (default: drop what the default action allowed and no rule matched)",
            HelpName = "FILE"
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Where to write the records: a file for one input; a folder for several, or if it ends in / (default: standard output)",
            HelpName = "PATH"
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would be saved, without writing anything" };
        var unprocessed = new Option<string?>("--unprocessed")
        {
            Description = "Where to write lines that are not records, which are not redacted (default: with the records)",
            HelpName = "FILE"
        };
        var key = new Option<string?>("--hmac-key") { Description = "The file with the key for redaction by HMAC", HelpName = "FILE" };
        var price = new Option<decimal>("--price-per-gb")
        {
            Description = "Price of a gigabyte of logs in US dollars",
            HelpName = "USD",
            DefaultValueFactory = _ => OrdinaryPrice,
            CustomParser = ReadPrice
        };
        var format = new Option<string>("--format", "-f") { Description = "Output format", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        unprocessed.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: InputFile.StandardInputName }])
            {
                result.AddError("--unprocessed takes a file: on standard output what is not redacted would be among what is.");
            }
        });
        Option<int> jobs = JobsOption.Create();
        var command = new ExampleCommand(
            "trim",
            "Filters and redacts AWS WAF logs; keeps what a rule ended or counted",
            "provablesec trim --dry-run logs/",
            "provablesec trim --rules rules.json --output trimmed/ logs/",
            "zcat waf.log.gz | provablesec trim - > kept.ndjson")
        {
            inputs, rules, output, dryRun, unprocessed, key, price, format, jobs,
        };
        command.SetAction(result => new TrimRun(console)
        {
            Inputs = result.GetRequiredValue(inputs),
            RulesFile = result.GetValue(rules),
            Output = result.GetValue(output) is { } path and not InputFile.StandardInputName ? path : null,
            DryRun = result.GetValue(dryRun),
            UnprocessedFile = result.GetValue(unprocessed),
            KeyFile = result.GetValue(key),
            Report = new TrimReport(result.GetValue(price), result.GetValue(format) == "json"),
            Jobs = result.GetValue(jobs),
        }.Run());
        return command;
    }

    private static decimal ReadPrice(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (!decimal.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price))
        {
            result.AddError($"--price-per-gb is a number such as 0.50, not \"{result.Tokens[0].Value}\".");
        }

        return price;
    }
}
