using System.Collections.Immutable;
using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>The options of both <c>ask</c> commands.</summary>
internal sealed class AskInputs
{
    private readonly Option<string[]> dumps = new("--dump")
    {
        HelpName = "PATH",
        Description = "Output of aws iam get-account-authorization-details (- for standard input), or a folder that has it. May repeat, for pages or other accounts",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    private readonly Option<string?> organization = new("--organization")
    {
        HelpName = "PATH",
        Description = "The organization and its control policies: its file, or a folder that aws organizations or iam-collect saved (docs/configuration.md)"
    };

    private readonly Option<string[]> scp = new("--scp")
    {
        HelpName = "FILE[,FILE]",
        Description = "The service control policies of one level, for every account; repeat for the levels from the root down",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> allowOutside = AllowOutsideOption.Create("Paths of policies in the organization");

    private readonly Option<string?> prove = new("--prove")
    {
        HelpName = "FILE",
        Description = "Write the questions that prove the answer to this file, for prove --batch"
    };
    private readonly Option<long?> budget = BudgetOption.Create("per proof");
    private readonly Option<string> readings = new("--readings")
    {
        Description = "Where AWS's documentation is ambiguous: prove under all readings, or only under the likeliest",
        DefaultValueFactory = _ => "all"
    };
    private readonly Option<string?> asOf = AsOfOption.Create();
    private readonly Option<string> undecided = new("--undecided")
    {
        Description = "Whether an unknown answer fails the run (exit code 3)",
        DefaultValueFactory = _ => "fail"
    };
    private readonly ReportOptions reports = new(["text", "json", "ndjson", "junit", "markdown", "html"]);

    public AskInputs()
    {
        readings.AcceptOnlyFromAmong("all", "default");
        undecided.AcceptOnlyFromAmong("fail", "pass");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[dumps, organization, scp, allowOutside, prove, budget, readings, asOf, undecided])
        {
            command.Options.Add(option);
        }

        reports.AddTo(command);
    }

    /// <summary>Adds the options that say which accounts there are, and no others.</summary>
    public void AddAccountsTo(Command command)
    {
        foreach (Option option in (Option[])[dumps, organization, scp, allowOutside])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The accounts that the options say.</summary>
    public AccountInput Accounts(ParseResult result, CommandConsole console) =>
        new(console, result.GetRequiredValue(dumps), result.GetValue(organization), Levels(result), result.GetValue(allowOutside));

    private string[][] Levels(ParseResult result) => [.. (result.GetValue(scp) ?? []).Select(level => level.Split(',', StringSplitOptions.RemoveEmptyEntries))];

    public int Run(ParseResult result, CommandConsole console, ImmutableArray<string> actions, string? resource, string? principal) => new AskRun(
        console,
        new AskOptions(
            actions,
            resource,
            principal,
            result.GetRequiredValue(dumps),
            result.GetValue(organization),
            Levels(result),
            result.GetValue(allowOutside),
            result.GetValue(prove),
            result.GetValue(budget),
            result.GetValue(readings) == "default",
            result.GetValue(asOf),
            result.GetValue(undecided) == "pass"),
        reports.Of(result).With<AskResult>(name => name switch
        {
            "json" => new JsonAccessReport(lines: false),
            "ndjson" => new JsonAccessReport(lines: true),
            "junit" => new JUnitAccessReport(),
            "markdown" => new MarkdownAccessReport(),
            "html" => new HtmlAccessReport(),
            _ => new TextAccessReport(),
        })).Run();
}
