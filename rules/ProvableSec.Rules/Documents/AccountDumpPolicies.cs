using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in the answer of <c>aws iam get-account-authorization-details</c>.</summary>
internal static class AccountDumpPolicies
{
    private static readonly string[] Lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

    public static bool IsDump(JsonItem root) => Lists.Any(list => root.TryGetProperty(list, out JsonItem found) && found.Kind == JsonKind.Array);

    public static IReadOnlyList<FoundPolicy> Of(JsonItem root, PolicyContext like)
    {
        if (HoldersByPolicy(root) is not { } holders)
        {
            return [.. Documents(root, like with { HasTooMuchBeside = true }, Array.Empty<string>().ToLookup(name => name))];
        }

        return PolicyHolders.Together([.. Documents(root, like, holders)], OfAws(root, holders));
    }

    private static IEnumerable<FoundPolicy> Documents(JsonItem root, PolicyContext like, ILookup<string, string> holders)
    {
        HashSet<string> boundaries = Boundaries(root);
        foreach (string list in Lists)
        {
            if (!root.TryGetProperty(list, out JsonItem owners))
            {
                continue;
            }

            foreach (JsonItem owner in owners.Elements())
            {
                string arn = owner.TryGetProperty("Arn", out JsonItem element) ? element.Text : "";
                // AWS's own are AWS's business.
                if (arn.IndexOf(":iam::aws:", StringComparison.Ordinal) >= 0)
                {
                    continue;
                }

                foreach ((JsonItem document, PolicyType type) in Documents(owner))
                {
                    PolicyType actual = list == "Policies" && boundaries.Contains(arn) ? PolicyType.PermissionsBoundary : type;
                    yield return new FoundPolicy(PolicyText.Of(document, choice: null).Text, like with { Type = actual, IsForUser = list == "UserDetailList" },
                        PolicyTypeOrigin.Holder, document.Pointer, arn)
                    {
                        Holders = list == "Policies" ? [.. holders[arn]] : [arn, .. holders[arn]],
                    };
                }
            }
        }
    }

    private static IEnumerable<(JsonItem Document, PolicyType Type)> Documents(JsonItem owner)
    {
        if (owner.TryGetProperty("AssumeRolePolicyDocument", out JsonItem trust))
        {
            yield return (trust, PolicyType.Trust);
        }

        foreach (string list in (string[])["UserPolicyList", "GroupPolicyList", "RolePolicyList"])
        {
            if (owner.TryGetProperty(list, out JsonItem inline))
            {
                foreach (JsonItem policy in inline.Elements())
                {
                    if (policy.TryGetProperty("PolicyDocument", out JsonItem document))
                    {
                        yield return (document, PolicyType.Identity);
                    }
                }
            }
        }

        if (owner.TryGetProperty("PolicyVersionList", out JsonItem versions))
        {
            foreach (JsonItem version in versions.Elements())
            {
                // Older versions decide nothing.
                if (version.TryGetProperty("IsDefaultVersion", out JsonItem isDefault) && isDefault.Kind == JsonKind.True
                    && version.TryGetProperty("Document", out JsonItem document))
                {
                    yield return (document, PolicyType.Identity);
                }
            }
        }
    }

    /// <summary>Policies of AWS are not checked, but what they allow counts.</summary>
    private static IEnumerable<KeyValuePair<string, string>> OfAws(JsonItem root, ILookup<string, string> holders)
    {
        if (!root.TryGetProperty("Policies", out JsonItem policies))
        {
            yield break;
        }

        foreach (JsonItem policy in policies.Elements())
        {
            if (policy.TryGetProperty("Arn", out JsonItem arn) && arn.Text.IndexOf(":iam::aws:", StringComparison.Ordinal) >= 0)
            {
                foreach ((JsonItem document, _) in Documents(policy))
                {
                    string text = PolicyText.Of(document, choice: null).Text.Text;
                    foreach (string holder in holders[arn.Text].Distinct(StringComparer.Ordinal))
                    {
                        yield return new KeyValuePair<string, string>(holder, text);
                    }
                }
            }
        }
    }

    /// <summary>Who has a managed policy, or the inline policies of a group: those it is attached to, and the members of groups. Null where there are too
    /// many.</summary>
    private static ILookup<string, string>? HoldersByPolicy(JsonItem root)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        var attached = new List<KeyValuePair<string, string>>();
        ILookup<string, string>? ofGroups = null;
        foreach (string list in (string[])["GroupDetailList", "UserDetailList", "RoleDetailList"])
        {
            if (!root.TryGetProperty(list, out JsonItem owners))
            {
                continue;
            }

            foreach (JsonItem owner in owners.Elements())
            {
                string arn = owner.TryGetProperty("Arn", out JsonItem named) ? named.Text : "";
                if (owner.TryGetProperty("GroupName", out JsonItem group))
                {
                    groups[group.Text] = arn;
                }

                if (owner.TryGetProperty("AttachedManagedPolicies", out JsonItem policies))
                {
                    foreach (JsonItem policy in policies.Elements())
                    {
                        if (policy.TryGetProperty("PolicyArn", out JsonItem id))
                        {
                            attached.Add(new(id.Text, arn));
                        }
                    }
                }

                if (list == "UserDetailList" && owner.TryGetProperty("GroupList", out JsonItem memberships))
                {
                    foreach (JsonItem name in memberships.Elements())
                    {
                        if (name.Kind == JsonKind.String && groups.TryGetValue(name.Text, out string? of))
                        {
                            ofGroups ??= attached.ToLookup(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
                            attached.AddRange(ofGroups[of].Select(policy => new KeyValuePair<string, string>(policy, arn)));
                            attached.Add(new(of, arn));
                            if (attached.Count > PolicyHolders.MostHoldings)
                            {
                                return null;
                            }
                        }
                    }
                }
            }
        }

        return attached.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    private static HashSet<string> Boundaries(JsonItem root)
    {
        var arns = new HashSet<string>(StringComparer.Ordinal);
        foreach (string list in Lists)
        {
            if (root.TryGetProperty(list, out JsonItem owners))
            {
                foreach (JsonItem owner in owners.Elements())
                {
                    if (owner.TryGetProperty("PermissionsBoundary", out JsonItem boundary)
                        && boundary.TryGetProperty("PermissionsBoundaryArn", out JsonItem arn))
                    {
                        arns.Add(arn.Text);
                    }
                }
            }
        }

        return arns;
    }
}
