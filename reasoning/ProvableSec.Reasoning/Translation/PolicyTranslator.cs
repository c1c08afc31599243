using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns statements and documents into formulas.</summary>
/// <param name="formulas">Where the formulas are made.</param>
/// <param name="callers">Who may ask.</param>
/// <param name="fixedValues">The values that the question fixes for policy variables.</param>
internal sealed class PolicyTranslator(RequestFormulas formulas, CallerTranslator callers, FixedValues fixedValues)
{
    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly Dictionary<Statement, Formula> translated = [];

    /// <summary>Conditions, and what is known about policy variables.</summary>
    public ConditionTranslator Conditions { get; } = new(formulas, fixedValues);

    /// <summary>Principals that statements name.</summary>
    public PrincipalTranslator Principals { get; } = new(formulas, callers);

    /// <summary>The statement speaks of the request: its action, resource and conditions. Whom it names is another matter.</summary>
    public Formula Speaks(Statement statement)
    {
        if (translated.TryGetValue(statement, out Formula known))
        {
            return known;
        }

        var parts = new List<Formula>
        {
            Action(statement),
            statement.Resource is null ? Formula.True : Resource(statement, statement.Resource),
        };
        for (int line = 0; line < statement.Conditions.Length; line++)
        {
            parts.Add(Conditions.Translate(statement, line));
        }

        Formula matches = graph.And(parts);
        if (statement.Effect == Effect.Deny)
        {
            matches = graph.And(matches, !graph.And(formulas.Reading(Reading.UnresolvedVariableVoidsDeny), Void(statement)));
        }

        translated.Add(statement, matches);
        return matches;
    }

    /// <summary>
    /// What a document describes or grants standing alone: its Allow statements less its Deny statements. A statement without Principal speaks of everybody.
    /// </summary>
    public Formula Alone(PolicyDocument document)
    {
        List<Formula> allows = [], denies = [];
        foreach (Statement statement in document.Statements)
        {
            (statement.Effect == Effect.Allow ? allows : denies).Add(Matches(statement));
        }

        return graph.And(graph.Or(allows), !graph.Or(denies));
    }

    private Formula Matches(Statement statement)
    {
        Formula named = statement.Principal is null ? Formula.True : Principals.Translate(statement.Principal, statement.Effect, hasBoundary: false)
            .Any(graph);
        return graph.And(named, Speaks(statement));
    }

    /// <summary>What a document denies, whatever it allows.</summary>
    public Formula Denied(PolicyDocument document) => graph.Or([.. document.Statements.Where(s => s.Effect == Effect.Deny).Select(Matches)]);

    private Formula Void(Statement statement)
    {
        var unresolved = new List<Formula>();
        foreach (Condition condition in statement.Conditions)
        {
            unresolved.Add(Conditions.Unresolved(condition));
        }

        if (statement.Resource is { IsNot: true } resource)
        {
            foreach (PolicyPattern pattern in resource.Patterns)
            {
                unresolved.Add(Conditions.Unresolved(pattern));
            }
        }

        return graph.Or(unresolved);
    }

    private Formula Action(Statement statement)
    {
        if (statement.Action.Patterns.Length == 0)
        {
            return Formula.False;
        }

        Formula matches = formulas.Exists(formulas.Action, StatementSets.Of(statement).Actions);
        return statement.Action.IsNot ? !matches : matches;
    }

    private Formula Resource(Statement statement, ResourceClause clause)
    {
        if (clause.Patterns.Length == 0)
        {
            return Formula.False;
        }

        PatternsOfResource named = StatementSets.Of(statement).Resources;
        var any = new List<Formula>();
        foreach (PolicyPattern pattern in named.WithVariables)
        {
            any.Add(Conditions.MatchVariable(formulas.Resource, pattern, MatchMode.Resource));
        }

        any.Add(formulas.Exists(formulas.Resource, named.Plain));
        Formula matches = graph.Or(any);
        return clause.IsNot ? !matches : matches;
    }
}
