using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>Whom the Principal element of a trust policy may name: what it does not name, it grants nothing (IAM User Guide, "Principal").</summary>
internal static class PrincipalNames
{
    /// <summary>Whether the clause may speak of a caller; only "no" is a conclusion.</summary>
    public static bool MayName(PrincipalClause? clause, CallerPrincipal caller) => clause is null || clause.IsNot || clause.Entries.Any(e => Names(e, caller));

    /// <summary>Whether an entry is the caller or holds it.</summary>
    public static bool Names(PrincipalEntry entry, CallerPrincipal caller) => entry.Kind switch
    {
        PrincipalEntryKind.Everyone => true,
        PrincipalEntryKind.Aws => entry.Value == "*" || entry.Value == caller.Name || (caller.Account.Length > 0 && AccountOf(entry) == caller.Account),
        PrincipalEntryKind.Service => caller.Kind == PrincipalKind.Service && entry.Value == caller.Name,
        PrincipalEntryKind.Federated => caller.Kind == PrincipalKind.Federated && entry.Value == caller.Name,
        _ => false,
    };

    /// <summary>The account that an entry names as a whole, or null.</summary>
    public static string? AccountOf(PrincipalEntry entry) =>
        CallerPrincipal.TryParse(entry.Value, null, out _) is { Kind: PrincipalKind.Root } root ? root.Account : null;
}
