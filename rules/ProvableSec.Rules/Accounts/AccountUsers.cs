using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Accounts;

/// <summary>The users in the answer of <c>aws iam get-account-authorization-details</c>: what they have beside their policies, which are judged one by
/// one.</summary>
public static class AccountUsers
{
    private const string Administrator = ":iam::aws:policy/AdministratorAccess";

    /// <summary>The findings, in the order of the text, with the ARN of each user.</summary>
    /// <param name="root">The answer.</param>
    public static IReadOnlyList<(PolicyFinding Finding, string Owner)> Check(JsonItem root)
    {
        var findings = new List<(PolicyFinding, string)>();
        var administrators = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonItem group in Items(root, "GroupDetailList"))
        {
            if (Items(group, "AttachedManagedPolicies").Any(IsAdministrator) && group.TryGetProperty("GroupName", out JsonItem name))
            {
                administrators.Add(name.Text);
            }
        }

        foreach (JsonItem user in Items(root, "UserDetailList"))
        {
            string arn = user.TryGetProperty("Arn", out JsonItem named) ? named.Text : "";
            JsonItem[] attached = [.. Items(user, "AttachedManagedPolicies")], inline = [.. Items(user, "UserPolicyList")];
            if (attached.FirstOrDefault(IsAdministrator) is { Document: not null } direct)
            {
                Add(AccountUserRules.AdministratorUser, direct, "AdministratorAccess is attached to the user");
            }
            else if (Items(user, "GroupList").FirstOrDefault(group => administrators.Contains(group.Text)) is { Document: not null } through)
            {
                Add(AccountUserRules.AdministratorUser, through, $"the user has AdministratorAccess through the group {CheckedText.Quoted(through.Text)}");
            }

            int count = attached.Length + inline.Length;
            if (count > 0)
            {
                Add(AccountUserRules.DirectGrant, attached.Length > 0 ? attached[0] : inline[0],
                    count == 1 ? "the user has a policy that no group gives it" : $"the user has {count} policies that no group gives it");
            }

            void Add(Rule rule, JsonItem at, string message) => findings.Add((new PolicyFinding(rule, message, at.Span, at.Pointer), arn));
        }

        return findings;
    }

    private static bool IsAdministrator(JsonItem policy) => policy.TryGetProperty("PolicyArn", out JsonItem arn)
        && arn.Text.EndsWith(Administrator, StringComparison.Ordinal);

    private static IEnumerable<JsonItem> Items(JsonItem of, string list)
    {
        var items = new List<JsonItem>();
        if (of.TryGetProperty(list, out JsonItem found))
        {
            foreach (JsonItem item in found.Elements())
            {
                items.Add(item);
            }
        }

        return items;
    }
}
