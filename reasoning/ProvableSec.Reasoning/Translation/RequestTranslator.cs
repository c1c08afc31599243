using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns a partial request into a formula.</summary>
internal sealed class RequestTranslator(RequestFormulas formulas, CallerTranslator callers)
{
    private readonly FormulaBuilder graph = formulas.Graph;

    public Formula Translate(RequestPattern request)
    {
        var parts = new List<Formula>();
        if (request.Principal is { } principal)
        {
            parts.Add(Principal(principal, request.PrincipalType));
        }

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
            parts.Add(item.Value.IsAbsent ? !formulas.Present(key) : formulas.Exists(key, Set(item.Value, MatchMode.Like)));
        }

        return graph.And(parts);
    }

    /// <summary>
    /// Why the principals of a pattern cannot be told, or null. A session's ARN is the caller and its session together, and a pattern that may
    /// take the ARNs of some sessions and not of others is not taken apart.
    /// </summary>
    public static string? Unsupported(FieldPattern principal)
    {
        foreach (string like in principal.Like)
        {
            if (!IsEverybody(like) && !NamesNoSession(like))
            {
                return $"the principal pattern \"{like}\" may or may not take the ARNs of role sessions; give one that begins with \"arn:PARTITION:iam:\", "
                    + $"or a condition on aws:PrincipalArn in the property";
            }
        }

        return principal.Literals.Any(l => CallerPrincipal.TryParse(l, null, out _) is { Kind: PrincipalKind.AssumedRole } session
            && l != PrincipalTranslator.SessionArn(session))
            ? "the ARN of a role session with a Region is none that AWS writes"
            : null;
    }

    private static bool IsEverybody(string like) => like.Length > 0 && like.Trim('*').Length == 0;

    /// <summary>The third field is spelled out, and is not the one of sessions; a star before it would reach over the colons.</summary>
    private static bool NamesNoSession(string like)
    {
        string[] fields = like.Split([':'], 4);
        return fields.Length == 4 && fields[0] == "arn" && fields[1].IndexOf('*') < 0 && fields[2].IndexOfAny(['*', '?']) < 0 && fields[2] != "sts";
    }

    private Formula Principal(FieldPattern principal, PrincipalKind? type)
    {
        var any = new List<Formula>();
        foreach (string literal in principal.Literals)
        {
            if (CallerPrincipal.TryParse(literal, type, out _) is { } named)
            {
                any.Add(callers.Is(named));
            }
        }

        foreach (string like in principal.Like)
        {
            // A session is named by another ARN than its role, and a provider's ARN stands behind a word.
            any.Add(formulas.Exists(formulas.Caller, Set(FieldPattern.Matching(CallerTranslator.ProviderPrefix + like), MatchMode.Like)));
            any.Add(IsEverybody(like) ? Formula.True
                : graph.And(formulas.Exists(formulas.Caller, Set(FieldPattern.Matching(like), MatchMode.Like)),
                    !callers.Is(CallerKinds.RoleSession)));
        }

        return graph.Or(any);
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
