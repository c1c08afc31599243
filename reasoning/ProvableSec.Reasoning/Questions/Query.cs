using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>One question, complete. Immutable.</summary>
public sealed record Query
{
    /// <summary>Steps a question may cost unless it says otherwise: well under a second on a small machine.</summary>
    public const long DefaultBudget = 20_000_000;

    /// <summary>The question's id as JSON text; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>What is asked.</summary>
    public required Question Question { get; init; }

    /// <summary>What it is asked about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What it is compared with, for <see cref="Question.NoNewAccess"/> and <see cref="Question.Equivalent"/>.</summary>
    public Subject? Baseline { get; init; }

    /// <summary>The property, for <see cref="Question.NotGranted"/> and <see cref="Question.Granted"/>: the requests that it would allow standing
    /// alone.</summary>
    public PolicyDocument? Property { get; init; }

    /// <summary>Who is trusted, for <see cref="Question.NoPublicAccess"/>.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    /// <summary>The requests the question speaks of.</summary>
    public RequestPattern Request { get; init; } = RequestPattern.Any;

    /// <summary>What else holds of the requests the question speaks of; null for nothing.</summary>
    internal RequestPredicate? Restriction { get; init; }

    /// <summary>The type of a document standing alone.</summary>
    public PolicyType Type { get; init; } = PolicyType.Identity;

    /// <summary>Where the type is from.</summary>
    public PolicyTypeOrigin TypeFrom { get; init; } = PolicyTypeOrigin.Content;

    /// <summary>Which requests there are.</summary>
    public World World { get; init; } = World.Aws;

    /// <summary>Names of assumptions of the world that are not to be made.</summary>
    public ImmutableArray<string> Without { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The day, as yyyy-MM-dd, before which no request is made: that of the embedded service data unless the asker moves it.</summary>
    public string AsOf { get; init; } = ServiceData.ServiceCatalogue.Default.Date;

    /// <summary>Steps it may cost.</summary>
    public long Budget { get; init; } = DefaultBudget;

    /// <summary>True to ask about the default reading of each disputed point only.</summary>
    public bool DefaultReadingsOnly { get; init; }

    /// <summary>What the asker expects; null when they do not say.</summary>
    public Verdict? Expected { get; init; }

    /// <summary>True to name, for what holds, the statements that block; costs some more searches.</summary>
    public bool Explain { get; init; } = true;

    /// <summary>
    /// True to say what an answer is worth even without <see cref="Explain"/>: what it was given, what would make it stronger, and whether it is vacuous.
    /// </summary>
    public bool Qualify { get; init; }

    /// <summary>
    /// True where nothing but the verdict is looked at: the witness, confirmed as any, is the first that is found and not one that is easy to read. The verdict
    /// is the same,
    /// or one where else there would be none; it goes with <see cref="Explain"/> turned off.
    /// </summary>
    public bool VerdictOnly { get; init; }

    /// <summary>True where the asker accepts an answer that says nothing (<see cref="Answer.Vacuous"/>).</summary>
    public bool AllowsVacuous { get; init; }

    /// <summary>True to answer by the search alone, for those who hold what the stages before it say against it.</summary>
    internal bool SearchOnly { get; init; }

    /// <summary>The question with its subjects as they are meant: a document alone that only limits is asked about by what it lets through.</summary>
    public Query AsMeant() => LoneDocuments.Meant(this);

    /// <summary>What was odd about the query but did not keep it from being answered.</summary>
    public ImmutableArray<PolicyProblem> Warnings { get; init; } = ImmutableArray<PolicyProblem>.Empty;
}
