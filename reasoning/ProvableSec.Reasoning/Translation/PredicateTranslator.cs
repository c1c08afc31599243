using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns a predicate over requests into a formula.</summary>
internal sealed class PredicateTranslator(RequestFormulas formulas, PolicyTranslator policies)
{
    private readonly FormulaBuilder graph = formulas.Graph;

    public Formula Translate(RequestPredicate predicate) => predicate switch
    {
        RequestPredicate.AllOf all => graph.And([.. all.Items.Select(Translate)]),
        RequestPredicate.AnyOf any => graph.Or([.. any.Items.Select(Translate)]),
        RequestPredicate.Not not => !Translate(not.Item),
        RequestPredicate.ActionTest action => Matches(formulas.Action, action.Pattern, MatchMode.Action),
        RequestPredicate.ResourceTest resource => Matches(formulas.Resource, resource.Pattern, MatchMode.Like),
        RequestPredicate.KeyTest key => policies.Conditions.Translate(key.Condition),
        RequestPredicate.DescribedBy described => policies.Alone(described.Document),
        _ => throw new InvalidOperationException($"no translation of {predicate.GetType().Name}"),
    };

    // Taken by its patterns and not by how it came about, so that a policy that says the same has the same atom.
    private Formula Matches(RequestVariable variable, PolicyPattern pattern, MatchMode mode) =>
        formulas.Exists(variable, new TextSet(PatternCompiler.CompileResolved(pattern.Parts, mode).Patterns(Reading.None)));
}
