using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// Tells callers apart only where their policies can: two of a kind whose policies are the same and speak neither of principals nor of accounts
/// have the same access, by the same proofs.
/// </summary>
internal sealed class StackIdentity
{
    private readonly Dictionary<PolicyDocument, (int Number, bool Principal, bool Account)> known = [];

    /// <summary>A text that is equal for callers with the same access.</summary>
    /// <param name="stack">The caller's stack.</param>
    /// <param name="caller">The caller.</param>
    public string Of(PolicyStack stack, CallerPrincipal caller)
    {
        bool principal = false, account = stack.ResourcePolicy is not null;
        var numbers = new List<string> { caller.Kind.ToString(), caller.Partition, caller.Path.StartsWith("aws-service-role/", StringComparison.Ordinal)
            ? "linked" : "" };
        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents())
        {
            (int number, bool speaksOfPrincipal, bool speaksOfAccount) = Known(document);
            principal |= speaksOfPrincipal;
            account |= speaksOfAccount;
            numbers.Add($"{slot} {number}");
        }

        numbers.Add($"{stack.ServiceControlPolicies?.Length ?? -1} {stack.ResourceControlPolicies?.Length ?? -1} {stack.PermissionsBoundary is null}");
        numbers.Add(principal ? caller.Name : account ? caller.Account : "");
        return string.Join("\n", numbers);
    }

    private (int Number, bool Principal, bool Account) Known(PolicyDocument document)
    {
        if (!known.TryGetValue(document, out (int Number, bool Principal, bool Account) found))
        {
            string[] keys = [.. document.Statements.SelectMany(KeysOf).Select(k => k.ToLowerInvariant())];
            bool principal = keys.Any(k => k.StartsWith("aws:principal", StringComparison.Ordinal) || k.StartsWith("aws:resource", StringComparison.Ordinal)
                || k is "aws:userid" or "aws:username")
                || document.Statements.Any(s => s.Principal is { } named
                    && (named.IsNot || named.Entries.Any(e => PrincipalNames.AccountOf(e) is null && e.Kind == PrincipalEntryKind.Aws && e.Value != "*")));
            bool account = document.Statements.Any(s => s.Resource is { } resource && resource.Patterns.Any(p => NamesAccount(p.Text)));
            known.Add(document, found = (known.Count, principal, account));
        }

        return found;
    }

    /// <summary>Whether a resource pattern may take ARNs of some accounts and not of others.</summary>
    public static bool NamesAccount(string resource) => resource != "*"
        && (resource.Split([':'], 6) is not { Length: 6 } fields || fields[4] is not ("" or "*"));

    /// <summary>The condition keys that a statement speaks of, in policy variables too.</summary>
    public static IEnumerable<string> KeysOf(Statement statement)
    {
        IEnumerable<PolicyPattern> patterns = statement.Conditions.SelectMany(c => c.Values);
        if (statement.Resource is { } resource)
        {
            patterns = patterns.Concat(resource.Patterns);
        }

        return statement.Conditions.Select(c => c.Key).Concat(patterns.SelectMany(p => p.Parts).Where(p => p.Kind == PatternPartKind.Variable)
            .Select(p => p.Text));
    }
}
