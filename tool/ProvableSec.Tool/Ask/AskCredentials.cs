using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Credentials;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary><c>ask credentials</c>: who has credentials that do not expire, and what they provably reach.</summary>
internal static class AskCredentials
{
    public static ExampleCommand Of(CommandConsole console)
    {
        var inputs = new AskInputs();
        var reports = new Option<string[]>("--credential-report")
        {
            Description = "Content of aws iam get-credential-report, as CSV. May repeat, for other accounts",
            HelpName = "FILE"
        };
        var summaries = new Option<string[]>("--account-summary")
        {
            Description = "Output of aws iam get-account-summary. May repeat, for other accounts",
            HelpName = "FILE"
        };
        var lastAccessed = new Option<string[]>("--last-accessed")
        {
            Description = "Output of aws iam get-service-last-accessed-details for a user or role: names the services that it does not use. May repeat",
            HelpName = "ARN=FILE"
        };
        lastAccessed.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => Pair(text) is null))
            {
                result.AddError($"--last-accessed must be the ARN of a user or role, = and a file, not \"{text}\".");
            }
        });
        var unusedDays = new Option<int>("--unused-days")
        {
            Description = "With --last-accessed: a service counts as used if it was used within this many days",
            DefaultValueFactory = _ => 90,
            HelpName = "DAYS"
        };
        var asOf = new Option<DateOnly?>("--as-of") { Description = "The day, YYYY-MM-DD, that ages are counted back from (default: today)", HelpName = "DAY" };
        Option<string> failOn = FailOnOption.Create();
        var outputs = new ReportOptions(["text", "json", "markdown", "html"]);
        var command = new ExampleCommand(
            "credentials",
            "Lists access keys and passwords by what they provably reach, with their age, MFA and findings",
            "provablesec ask credentials --dump account.json --credential-report report.csv",
            "provablesec ask credentials --dump dumps --organization organization.json --output html=credentials.html",
            "provablesec ask credentials --dump account.json --credential-report report.csv --last-accessed arn:aws:iam::111122223333:user/ci=advisor.json");
        inputs.AddAccountsTo(command);
        foreach (Option option in (Option[])[reports, summaries, lastAccessed, unusedDays, asOf, failOn])
        {
            command.Options.Add(option);
        }

        outputs.AddTo(command);

        command.SetAction(result => new CredentialsRun(
            console,
            inputs.Accounts(result, console),
            new CredentialsRequest
            {
                Reports = result.GetValue(reports) ?? [],
                Summaries = result.GetValue(summaries) ?? [],
                LastAccessed = [.. (result.GetValue(lastAccessed) ?? []).Select(text => Pair(text)!.Value)],
                UnusedDays = result.GetValue(unusedDays),
                AsOf = result.GetValue(asOf)?.ToDateTime(default) ?? DateTime.UtcNow.Date,
                FailOn = FailOnOption.Read(result.GetValue(failOn)),
            },
            outputs.Of(result).With<CredentialsResult>(name => name switch
            {
                "json" => new JsonCredentialsReport(),
                "markdown" => new MarkdownCredentialsReport(),
                "html" => new HtmlCredentialsReport(),
                _ => new TextCredentialsReport(),
            })).Run());
        return command;
    }

    /// <summary>An ARN and a file. Names of users and roles may have a sign of equality; then the file is behind the last.</summary>
    private static (string Arn, string File)? Pair(string text) => text.StartsWith("arn:", StringComparison.Ordinal) && text.LastIndexOf('=') is > 0 and var at
        && at + 1 < text.Length ? (text[..at], text[(at + 1)..]) : null;
}
