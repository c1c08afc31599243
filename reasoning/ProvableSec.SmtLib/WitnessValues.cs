using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Translation;

namespace ProvableSec.SmtLib;

/// <summary>
/// The values that a witness gives to variables with one value, so that a solver has a request to confirm and none to find. Keys that the
/// witness does not list follow from the rest of it and are left to the solver.
/// </summary>
internal static class WitnessValues
{
    public static IEnumerable<(RequestVariable Variable, string Value)> Of(AccessRequest request, RequestFormulas formulas)
    {
        if (formulas.SpeaksOfCaller && Caller(request) is { } caller)
        {
            yield return (formulas.Caller, caller);
        }

        if (formulas.SpeaksOfSession && request.Principal.Session.Length > 0)
        {
            yield return (formulas.Session, request.Principal.Session);
        }

        foreach (ContextEntry entry in request.Context)
        {
            if (entry.Values.Length == 1 && formulas.Speaks(entry.FoldedKey) && formulas.Key(entry.FoldedKey) is { IsMultivalued: false } key)
            {
                yield return (key, entry.Values[0]);
            }
        }
    }

    /// <summary>The caller as the variable has it; null for a role session whose role the request does not tell.</summary>
    private static string? Caller(AccessRequest request) => request.Principal.Kind switch
    {
        PrincipalKind.AssumedRole => null,
        PrincipalKind.Service => CallerTranslator.ServicePrefix + request.Principal.Name,
        PrincipalKind.Federated => CallerTranslator.ProviderPrefix + request.Principal.Name,
        _ => request.Principal.Name,
    };
}
