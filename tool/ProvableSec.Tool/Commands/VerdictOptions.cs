using System.CommandLine;
using ProvableSec.Tool.Proving;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Commands;

/// <summary>The options that <c>prove</c> and <c>verify</c> share: what a question may cost, and what counts as a failure.</summary>
internal sealed class VerdictOptions
{
    private readonly Option<long?> budget = new("--budget")
    {
        Description = "Engine steps a question may cost, where it does not say; the same verdict on every machine",
        HelpName = "STEPS",
    };

    private readonly Option<int?> timeout = new("--timeout")
    {
        Description = "Stop a question after so many milliseconds; a safety net, for what it makes unknown another machine may decide",
        HelpName = "MS",
    };

    private readonly Option<string?> readings = new("--readings")
    {
        Description = "Where AWS's documentation is silent: prove under all readings, or under the likeliest only (all, unless the question says otherwise)",
    };

    private readonly Option<string> undecided = new("--undecided")
    {
        Description = "What an undecided question does: exit code 3, or nothing",
        DefaultValueFactory = _ => "fail",
    };

    private readonly Option<string> failOn = new("--fail-on")
    {
        Description = "The least severity that makes the exit code 1",
        DefaultValueFactory = _ => "warning",
    };

    public VerdictOptions()
    {
        budget.Validators.Add(result => RequirePositive(result, "--budget"));
        timeout.Validators.Add(result => RequirePositive(result, "--timeout"));
        readings.AcceptOnlyFromAmong("default", "all");
        undecided.AcceptOnlyFromAmong("fail", "pass");
        failOn.AcceptOnlyFromAmong("error", "warning", "info", "never");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[budget, timeout, readings, undecided, failOn])
        {
            command.Options.Add(option);
        }
    }

    public AnswerLimits Limits(ParseResult result) => new(
        result.GetValue(budget),
        result.GetValue(timeout),
        result.GetValue(readings) is { } word ? word == "default" : null);

    public VerdictPolicy Policy(ParseResult result) => new(
        result.GetValue(failOn) switch
        {
            "error" => Severity.Error,
            "info" => Severity.Info,
            "never" => Severity.Never,
            _ => Severity.Warning,
        },
        result.GetValue(undecided) == "pass");

    private static void RequirePositive(System.CommandLine.Parsing.OptionResult result, string name)
    {
        if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long number) && number < 1)
        {
            result.AddError($"{name} must be a positive whole number, not {text}.");
        }
    }
}
