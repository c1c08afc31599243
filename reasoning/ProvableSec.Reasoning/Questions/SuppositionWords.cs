using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Questions;

/// <summary>In words, what a witness supposes of the resource's policy, which its question does not give.</summary>
internal static class SuppositionWords
{
    public static string? Of(Witness witness)
    {
        string policy = $"supposing the {ResourcePolicyName.Of(witness.Request.Action)}, which is not given,";
        return witness.SupposedResourcePolicy is null ? null
            : (witness.Supposed & Supposition.Denial) != 0 ? $"{policy} denies it"
            : (witness.Supposed & (Supposition.DirectGrant | Supposition.GrantByName)) != 0 ? $"{policy} grants it to the caller by name"
            : (witness.Supposed & Supposition.GrantToEveryone) != 0 ? $"{policy} grants it to everyone"
            : $"{policy} lets {Caller(witness.Request.Principal)} in";
    }

    private static string Caller(CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.Anonymous => "everybody",
        PrincipalKind.Service or PrincipalKind.Federated => caller.Name,
        _ => "account " + caller.Account,
    };
}
