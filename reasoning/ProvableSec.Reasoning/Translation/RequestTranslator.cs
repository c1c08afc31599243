using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns a partial request into a formula.</summary>
internal sealed class RequestTranslator(RequestFormulas formulas)
{
    private readonly FormulaBuilder graph = formulas.Graph;

    public int Translate(RequestPattern request)
    {
        var parts = new List<int>();
        if (request.Action is { } action)
        {
            parts.Add(formulas.Exists(formulas.Action, Set(action, MatchMode.Action)));
        }

        if (request.Resource is { } resource)
        {
            parts.Add(formulas.Exists(formulas.Resource, Set(resource, MatchMode.Like)));
        }

        foreach (KeyValuePair<string, FieldPattern> item in request.Context)
        {
            RequestVariable key = formulas.Key(item.Key.ToLowerInvariant());
            parts.Add(item.Value.IsAbsent ? FormulaBuilder.Not(formulas.Present(key)) : formulas.Exists(key, Set(item.Value, MatchMode.Like)));
        }

        return graph.And(parts);
    }

    /// <summary>The texts of a field: literals, in which stars are stars, and patterns.</summary>
    public static TextSet Set(FieldPattern field, MatchMode mode)
    {
        var patterns = new List<CharPattern>();
        foreach (string literal in field.Literals)
        {
            patterns.Add(CharPattern.Of(mode == MatchMode.Action ? literal.ToLowerInvariant() : literal));
        }

        foreach (string like in field.Like)
        {
            PatternSet compiled = PatternCompiler.Compile([PolicyPattern.Plain(like)], mode).Patterns(Policy.Reading.None);
            patterns.AddRange(compiled.Wild);
            patterns.AddRange(compiled.Literals.Select(CharPattern.Of));
        }

        return new TextSet(new PatternSet(patterns));
    }
}
