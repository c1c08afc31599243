using System.Globalization;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>What the questions of a batch came to.</summary>
internal sealed class ProveTally
{
    private long holds, vacuous, violated, unknown, unexpected, errors;

    public int ExitCode { get; private set; }

    /// <summary>How many questions there were, lines that cannot be read among them.</summary>
    public long Count => holds + violated + unknown + errors;

    /// <summary>Counts an answer.</summary>
    public void Add(Query query, Answer answer, VerdictPolicy policy)
    {
        switch (answer.Verdict)
        {
            case Verdict.Holds:
                holds++;
                vacuous += answer.Vacuous is null ? 0 : 1;
                break;
            case Verdict.Violated:
                violated++;
                break;
            default:
                unknown++;
                break;
        }

        unexpected += query.Expected is { } expected && expected != answer.Verdict ? 1 : 0;
        ExitCode = ExitCodes.Combine(ExitCode, CodeOf(query, answer, policy));
    }

    /// <summary>Counts a line that cannot be read.</summary>
    public void AddError()
    {
        errors++;
        ExitCode = ExitCodes.BadInput;
    }

    public void Add(ProveTally other)
    {
        holds += other.holds;
        vacuous += other.vacuous;
        violated += other.violated;
        unknown += other.unknown;
        unexpected += other.unexpected;
        errors += other.errors;
        ExitCode = ExitCodes.Combine(ExitCode, other.ExitCode);
    }

    /// <summary>The exit code of one question. An expectation that is not met is a finding, an unknown one too: somebody had said what it is.</summary>
    public static int CodeOf(Query query, Answer answer, VerdictPolicy policy)
    {
        Outcome outcome = Outcomes.Of(answer, query.Expected, query.AllowsVacuous);
        return policy.ExitCodeOf(outcome == Outcome.Undecided && query.Expected is not null ? Outcome.Violated : outcome, Severity.Error);
    }

    public string Summary(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantity.Of(Count, "question")}, {Quantity.Of(holds, "holds", "hold")}{(vacuous > 0 ? $" ({vacuous} vacuous)" : "")}, {violated} violated, "
            + $"{unknown} unknown, {unexpected} unexpected, {Quantity.Of(errors, "error")} · {time.TotalSeconds:F2} s");
}
