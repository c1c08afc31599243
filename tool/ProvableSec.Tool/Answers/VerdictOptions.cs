using System.CommandLine;
using ProvableSec.SmtLib;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Answers;

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
        Description = "Stop a question after this many milliseconds; a safety net, for what it makes unknown another machine may decide",
        HelpName = "MS",
    };

    private readonly Option<string?> readings = new("--readings")
    {
        Description = "Where AWS's documentation is silent: prove under all readings, or under the likeliest only (all, unless the question says otherwise)",
    };

    private readonly Option<string?> asOf = AsOfOption.Create();

    private readonly Option<string> undecided = new("--undecided")
    {
        Description = "What an unknown or vacuous answer does: exit code 3, or nothing",
        DefaultValueFactory = _ => "fail",
    };

    private readonly Option<string> failOn = FailOnOption.Create();

    private readonly Option<string?> opinion = new("--second-opinion")
    {
        Description = $"Solvers on the PATH to ask about every answer: {string.Join(',', SmtSolver.All.Select(s => s.Name))}",
        HelpName = "NAMES",
    };

    private readonly Option<string?> certificate = new("--certificate") { Description = "Write the certificate of every proof into this folder, for provablesec certificate check", HelpName = "DIR" };

    private readonly Option<string?> smt2 = new("--smt2") { Description = "Write what stands behind every answer as SMT-LIB 2.6 into this folder", HelpName = "DIR" };

    private readonly Option<bool> allowOutside = AllowOutsideOption.Create("Paths in what is read");

    public VerdictOptions()
    {
        opinion.CompletionSources.Add([.. SmtSolver.All.Select(s => s.Name)]);
        opinion.Validators.Add(result =>
        {
            foreach (string name in result.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                if (SmtSolver.Find(name) is null)
                {
                    result.AddError($"--second-opinion knows {string.Join(", ", SmtSolver.All.Select(s => s.Name))}, not \"{name}\".");
                }
            }
        });
        budget.Validators.Add(result => RequirePositive(result, "--budget"));
        timeout.Validators.Add(result => RequirePositive(result, "--timeout"));
        readings.AcceptOnlyFromAmong("default", "all");
        undecided.AcceptOnlyFromAmong("fail", "pass");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[budget, timeout, readings, asOf, opinion, smt2, certificate, allowOutside, undecided, failOn])
        {
            command.Options.Add(option);
        }
    }

    public AnswerLimits Limits(ParseResult result) => new(
        result.GetValue(budget),
        result.GetValue(timeout),
        result.GetValue(readings) is { } word ? word == "default" : null,
        result.GetValue(asOf),
        Opinions(result),
        result.GetValue(certificate) is { } folder ? new CertificateFolder(folder) : null);

    /// <summary>Whether files that other files name may lie anywhere.</summary>
    public bool AllowOutside(ParseResult result) => result.GetValue(allowOutside);

    private SecondOpinions? Opinions(ParseResult result)
    {
        SmtSolver[] solvers = [.. (result.GetValue(opinion)?.Split(',') ?? []).Select(SmtSolver.Find).OfType<SmtSolver>()];
        string? folder = result.GetValue(smt2);
        return solvers.Length == 0 && folder is null ? null : new SecondOpinions(solvers, folder, TimeSpan.FromMilliseconds(result.GetValue(timeout) ?? 10_000));
    }

    public VerdictPolicy Policy(ParseResult result) => new(
        FailOnOption.Read(result.GetValue(failOn)),
        result.GetValue(undecided) == "pass");

    private static void RequirePositive(System.CommandLine.Parsing.OptionResult result, string name)
    {
        if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long number) && number < 1)
        {
            result.AddError($"{name} must be a positive whole number, not {text}.");
        }
    }
}
