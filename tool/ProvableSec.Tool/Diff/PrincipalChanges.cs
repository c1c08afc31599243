using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Tool.Documents;

namespace ProvableSec.Tool.Diff;

/// <summary>What users and roles of account dumps can do by all their policies together: inline, attached and of their groups, within their boundary.</summary>
/// <param name="lines">Says what a change of policies lets anybody do.</param>
internal sealed class PrincipalChanges(Func<DifferenceQuestion, AccessDifference> lines)
{
    private static readonly PolicyStack Nobody = PolicyStack.Empty with { IdentityPolicies = ImmutableArray<PolicyDocument>.Empty };

    /// <summary>The users and roles of both sides, paired by their ARNs.</summary>
    public static IReadOnlyList<(AccountPrincipal? Before, AccountPrincipal? After)> Pairs(ReadDocument? before, ReadDocument? after)
    {
        Dictionary<string, AccountPrincipal> was = Of(before), now = Of(after);
        return [.. was.Keys.Concat(now.Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(name => (was.GetValueOrDefault(name), now.GetValueOrDefault(name)))];
    }

    /// <summary>The change of one; null where its policies are the same text.</summary>
    public PolicyChange? Find(string path, AccountPrincipal? before, AccountPrincipal? after)
    {
        AccountPrincipal shown = (after ?? before)!;
        PolicyChange change = new(before is null ? PolicyChangeKind.Added : after is null ? PolicyChangeKind.Removed : PolicyChangeKind.Changed, path,
            shown.Caller.Name, "principal");
        if ((before?.Undecided ?? after?.Undecided) is { } reason)
        {
            return before is not null && after is not null && TextOf(before) == TextOf(after) && before.Undecided == after.Undecided ? null
                : change with { Unknown = reason };
        }

        if (before is not null && after is not null && TextOf(before) == TextOf(after))
        {
            return null;
        }

        AccessDifference difference = lines(new DifferenceQuestion { StackBefore = StackOf(before), StackAfter = StackOf(after), Caller = shown.Caller });
        return change with
        {
            Access = [.. difference.Added.Select(line => new ChangedAccess(line, true, "")),
                .. difference.Removed.Select(line => new ChangedAccess(line, false, ""))],
            Unknown = difference.Undecided ?? difference.Added.Concat(difference.Removed).Select(line => line.Undecided)
                .FirstOrDefault(doubt => doubt is not null),
            Given = difference.Assumptions,
        };
    }

    private static Dictionary<string, AccountPrincipal> Of(ReadDocument? document)
    {
        var principals = new Dictionary<string, AccountPrincipal>(StringComparer.Ordinal);
        if (document is not null)
        {
            var reader = new AccountDumpReader();
            reader.Add(document.Source);
            foreach (AccountPrincipal principal in reader.Finish().Principals)
            {
                principals[principal.Caller.Name] = principal;
            }
        }

        return principals;
    }

    private static PolicyStack StackOf(AccountPrincipal? principal) => principal is null ? Nobody : AccessFinder.StackOf(principal, OrganizationControls.None);

    private static string TextOf(AccountPrincipal principal) => string.Join("\n",
        AccessFinder.StackOf(principal, OrganizationControls.None).Documents().Select(placed => $"{placed.Slot.Layer} {PolicyWriter.Write(placed.Document)}")
            .Order(StringComparer.Ordinal));
}
