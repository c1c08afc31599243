using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>Whether what a stage proves of a property says anything (<see cref="Vacuity"/>): plain requests nearly always show that it does.</summary>
/// <param name="query">The question.</param>
/// <param name="parts">The plain requests.</param>
/// <param name="budget">Pays for the comparisons.</param>
internal sealed class PropertyWorth(Query query, StageParts parts, Budget budget)
{
    /// <summary>The Allow statements of the property.</summary>
    public Statement[] Asked { get; } = [.. query.Property!.Statements.Where(s => s.Effect == Effect.Allow)];

    /// <summary>Why a proof says nothing, or null; a search where no plain request shows that it says something.</summary>
    public string? Vacuous() => !query.Explain && !query.Qualify ? null
        : PropertyActions.AllUnknown(query.Property!) ? Vacuity.NamesNoAction
        : Array.TrueForAll(Asked, IsShapeless) ? Vacuity.DescribesNothing
        : SaysSomething() ? null : new Proof(query, budget).Vacuous();

    /// <summary>Whether a statement names resources only that look as none does, where the question takes that for granted.</summary>
    public bool IsShapeless(Statement statement) => query.World != World.Free && !query.Without.Contains(AssumptionName.Shapes)
        && StatementPairs.NamesNoneOf(statement, WorldModel.ResourceShape, budget);

    /// <summary>Whether plain requests show that the property describes something, and, where nothing is to be granted, that the policies allow
    /// something.</summary>
    private bool SaysSomething() => parts.Plain.Any([query.Property!], w => WitnessReplay.Describes(query, w))
        && (query.Question == Question.Granted || parts.Plain.Any(query.Subject.Documents(), w => WitnessReplay.Allows(query.Subject, w)));
}
