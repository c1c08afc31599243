using System.CommandLine;
using ProvableSec.SmtLib;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Answers;

/// <summary>The options that <c>prove</c> and <c>verify</c> share: what a question may cost, and what counts as a failure.</summary>
internal sealed class VerdictOptions
{
    private readonly Option<long?> budget = new("--budget")
    {
        Description = "Budget of engine steps per question, unless the question sets its own; the verdict is the same on every machine",
        HelpName = "STEPS",
    };

    private readonly Option<int?> timeout = new("--timeout")
    {
        Description = "Stop a question after this many milliseconds. A safety net: a faster machine may decide what this one leaves unknown",
        HelpName = "MS",
    };

    private readonly Option<string?> readings = new("--readings")
    {
        Description = "Where AWS's documentation is ambiguous: prove under all readings, or only under the likeliest (all, unless the question says otherwise)",
    };

    private readonly Option<string?> asOf = AsOfOption.Create();

    private readonly Option<string> undecided = new("--undecided")
    {
        Description = "Whether an unknown or vacuous answer fails the run (exit code 3)",
        DefaultValueFactory = _ => "fail",
    };

    private readonly Option<string> failOn = FailOnOption.Create();

    private readonly Option<string?> opinion = new("--second-opinion")
    {
        Description = $"SMT solvers on the PATH that check every answer: {string.Join(',', SmtSolver.All.Select(s => s.Name))}",
        HelpName = "NAMES",
    };

    private readonly Option<string?> certificate =
        new("--certificate") { Description = "Write the certificate of every proof to this folder, for provablesec certificate check", HelpName = "DIR" };

    private readonly Option<string?> smt2 = new("--smt2")
    {
        Description = "Write the SMT-LIB 2.6 problems behind every answer to this folder",
        HelpName = "DIR"
    };

    private readonly Option<string?> cache = CacheOption.Create();

    private readonly Option<bool> allowOutside = AllowOutsideOption.Create("Paths in input files");

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
        foreach (Option option in (Option[])[budget, timeout, readings, asOf, opinion, smt2, certificate, cache, allowOutside, undecided, failOn])
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
        result.GetValue(certificate) is { } folder ? new CertificateFolder(folder) : null,
        CacheOption.Read(result.GetValue(cache)));

    /// <summary>Whether files that other files name may lie anywhere.</summary>
    public bool AllowOutside(ParseResult result) => result.GetValue(allowOutside);

    private SecondOpinions? Opinions(ParseResult result)
    {
        SmtSolver[] solvers = [.. (result.GetValue(opinion)?.Split(',') ?? []).Select(SmtSolver.Find).OfType<SmtSolver>()];
        string? folder = result.GetValue(smt2);
        return solvers.Length == 0 && folder is null ? null : new SecondOpinions(solvers, folder,
            TimeSpan.FromMilliseconds(result.GetValue(timeout) ?? 10_000));
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
