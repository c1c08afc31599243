using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns statements and documents into formulas.</summary>
internal sealed class PolicyTranslator(RequestFormulas formulas)
{
    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly Dictionary<Statement, int> translated = [];

    /// <summary>Conditions, and what is known about policy variables.</summary>
    public ConditionTranslator Conditions { get; } = new(formulas);

    /// <summary>Principals named by statements, each a free Boolean until the world model ties it to the caller.</summary>
    public Dictionary<PrincipalEntry, int> Principals { get; } = [];

    /// <summary>The statement matches the request.</summary>
    public int Matches(Statement statement)
    {
        if (translated.TryGetValue(statement, out int known))
        {
            return known;
        }

        var parts = new List<int>
        {
            Action(statement.Action),
            statement.Resource is null ? FormulaBuilder.True : Resource(statement.Resource),
            statement.Principal is null ? FormulaBuilder.True : Principal(statement.Principal, statement.Effect),
        };
        foreach (Condition condition in statement.Conditions)
        {
            parts.Add(Conditions.Translate(condition));
        }

        int matches = graph.And(parts);
        if (statement.Effect == Effect.Deny)
        {
            matches = graph.And(matches, FormulaBuilder.Not(graph.And(formulas.Reading(Reading.UnresolvedVariableVoidsDeny), Void(statement))));
        }

        translated.Add(statement, matches);
        return matches;
    }

    /// <summary>Some Allow statement of some document matches.</summary>
    public int Allows(IEnumerable<PolicyDocument> documents) => AnyOf(documents, Effect.Allow);

    /// <summary>Some Deny statement of some document matches.</summary>
    public int Denies(IEnumerable<PolicyDocument> documents) => AnyOf(documents, Effect.Deny);

    /// <summary>What a document describes or grants standing alone: its Allow statements less its Deny statements.</summary>
    public int Alone(PolicyDocument document) => graph.And(Allows([document]), FormulaBuilder.Not(Denies([document])));

    private int AnyOf(IEnumerable<PolicyDocument> documents, Effect effect)
    {
        var any = new List<int>();
        foreach (PolicyDocument document in documents)
        {
            foreach (Statement statement in document.Statements)
            {
                if (statement.Effect == effect)
                {
                    any.Add(Matches(statement));
                }
            }
        }

        return graph.Or(any);
    }

    private int Void(Statement statement)
    {
        var unresolved = new List<int>();
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

    private int Action(ActionClause clause)
    {
        if (clause.Patterns.Length == 0)
        {
            return FormulaBuilder.False;
        }

        int matches = formulas.Exists(formulas.Action, PatternCompiler.Compile(clause.Patterns, MatchMode.Action));
        return clause.IsNot ? FormulaBuilder.Not(matches) : matches;
    }

    private int Resource(ResourceClause clause)
    {
        if (clause.Patterns.Length == 0)
        {
            return FormulaBuilder.False;
        }

        var plain = new List<PolicyPattern>();
        var any = new List<int>();
        foreach (PolicyPattern pattern in clause.Patterns)
        {
            if (pattern.HasVariables)
            {
                any.Add(Conditions.MatchVariable(formulas.Resource, pattern, MatchMode.Resource));
            }
            else
            {
                plain.Add(pattern);
            }
        }

        any.Add(formulas.Exists(formulas.Resource, PatternCompiler.Compile(plain, MatchMode.Resource)));
        int matches = graph.Or(any);
        return clause.IsNot ? FormulaBuilder.Not(matches) : matches;
    }

    private int Principal(PrincipalClause clause, Effect effect)
    {
        if (clause.IsNot)
        {
            // Which callers NotPrincipal exempts depends on more than the caller's ARN (semantics, line 10): one Boolean for the whole list.
            // An Allow covers all but those listed; a Deny exempts by rules of its own.
            return formulas.Free($"not-principal:{effect}:" + string.Join("\u0001", clause.Entries.Select(e => $"{e.Kind} {e.Value}").OrderBy(t => t, StringComparer.Ordinal)));
        }

        var any = new List<int>();
        foreach (PrincipalEntry entry in clause.Entries)
        {
            if (entry.Kind == PrincipalEntryKind.Everyone || entry is { Kind: PrincipalEntryKind.Aws, Value: "*" })
            {
                return FormulaBuilder.True;
            }

            PrincipalEntry placeless = entry with { Span = default };
            if (!Principals.TryGetValue(placeless, out int literal))
            {
                Principals.Add(placeless, literal = formulas.Free($"principal:{entry.Kind} {entry.Value}"));
            }

            any.Add(literal);
        }

        return graph.Or(any);
    }
}
