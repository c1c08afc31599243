using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Replay;

/// <summary>Whether a request completes a partial one, by a walk of its own; keys that follow from the rest of the request by the concrete evaluator.</summary>
internal static class PatternReplay
{
    /// <summary>Whether all that the partial request gives is so in a witness.</summary>
    public static bool Completes(RequestPattern pattern, Witness witness, PolicyStack stack)
    {
        AccessRequest request = witness.Request;
        if ((pattern.Principal is { } principal && !Names(principal, pattern.PrincipalType, request.Principal.Name))
            || (pattern.PrincipalType is { } kind && request.Principal.Kind != kind)
            || !Fits(pattern.Action, request.Action, foldCase: true)
            || !Fits(pattern.Resource, request.Resource, foldCase: false)
            || (pattern.ResourceAccount is { } owner && request.ResourceAccount != owner))
        {
            return false;
        }

        foreach (KeyValuePair<string, FieldPattern> given in pattern.Context)
        {
            ImmutableArray<string> values = Evaluator.ValuesOf(given.Key, stack, request, witness.Readings);
            if (given.Value.IsAbsent ? !values.IsEmpty : !values.Any(v => Fits(given.Value, v, foldCase: false)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Twelve digits are another way to write an account's root user.</summary>
    private static bool Names(FieldPattern principal, PrincipalKind? kind, string name) =>
        principal.Literals.Any(l => CallerPrincipal.TryParse(l, kind, out _)?.Name == name)
            || Fits(principal with { Literals = ImmutableArray<string>.Empty }, name, foldCase: false);

    private static bool Fits(FieldPattern? pattern, string value, bool foldCase) => pattern is null
        || pattern.Literals.Any(l => l.Equals(value, foldCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        || pattern.Like.Any(l => PredicateReplay.Matches(PolicyPattern.Plain(l), value, foldCase));
}
