using System.Collections.Immutable;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Verdicts;

/// <summary>One question and what became of it, as reports show it.</summary>
internal sealed record VerdictReport
{
    /// <summary>The id of the property, or the name of the question.</summary>
    public required string Id { get; init; }

    /// <summary>The claim in words.</summary>
    public string Says { get; init; } = "";

    /// <summary>Who answers for it; empty where nobody is named.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Why it is claimed; empty where nobody says.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>How a violation is reported.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The verdict that was expected; null when nobody said.</summary>
    public Verdict? Expected { get; init; }

    /// <summary>The stack the answer is about, where there was a choice.</summary>
    public string? Stack { get; init; }

    /// <summary>Of how many stacks that is one.</summary>
    public int Stacks { get; init; } = 1;

    /// <summary>The other stacks of which it is violated.</summary>
    public ImmutableArray<string> AlsoViolated { get; init; } = [];

    /// <summary>The violations that waivers accept.</summary>
    public ImmutableArray<AcceptedViolation> Accepted { get; init; } = [];

    /// <summary>Whether the answer is one of these: all violations are accepted, and there is nothing else to show.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>What each question was given: of a property one for each of its stacks, which has a name, or one for its policy.</summary>
    public ImmutableArray<(string? Stack, ImmutableArray<string> Given)> GivenToEach { get; init; } = [];

    /// <summary>The question; null when it could not be read.</summary>
    public Query? Query { get; init; }

    /// <summary>The answer; null when it could not be asked.</summary>
    public Answer? Answer { get; init; }

    /// <summary>How long the answer took.</summary>
    public long Micros { get; init; }

    /// <summary>What others said of the answer.</summary>
    public ImmutableArray<(string Solver, string Opinion)> Opinions { get; init; } = [];

    /// <summary>The certificate of the answer; null when nobody asked for one.</summary>
    public AnswerCertificate? Certificate { get; init; }

    /// <summary>Why it could not be asked.</summary>
    public ImmutableArray<PolicyProblem> Problems { get; init; } = [];

    /// <summary>The file that asks; empty for a command line.</summary>
    public string File { get; init; } = "";

    /// <summary>Where in that file.</summary>
    public LinePosition Position { get; init; }

    /// <summary>What reports show in place of the policies, where another run wrote the verdict down; null where the policies are at hand.</summary>
    public RecordedVerdict? Recorded { get; init; }

    /// <summary>What the verdict means.</summary>
    public Outcome Outcome => Answer is null ? Outcome.NotAsked : IsAccepted ? Outcome.Waived : Outcomes.Of(Answer, Expected, Query?.AllowsVacuous ?? false);

    /// <summary>The verdict in one word.</summary>
    public string Word => Answer is null ? "not asked" : Answer.Vacuous is null ? VerdictWords.Of(Answer.Verdict) : "vacuous";
}
