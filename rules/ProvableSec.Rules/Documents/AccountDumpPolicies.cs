using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in the answer of <c>aws iam get-account-authorization-details</c>.</summary>
internal static class AccountDumpPolicies
{
    private static readonly string[] Lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

    public static bool IsDump(JsonElement root) => Lists.Any(list => root.TryGetProperty(list, out JsonElement found) && found.Kind == JsonKind.Array);

    public static IEnumerable<FoundPolicy> Of(JsonElement root, PolicyContext like)
    {
        HashSet<string> boundaries = Boundaries(root);
        foreach (string list in Lists)
        {
            if (!root.TryGetProperty(list, out JsonElement owners))
            {
                continue;
            }

            foreach (JsonElement owner in owners.Elements())
            {
                string arn = owner.TryGetProperty("Arn", out JsonElement element) ? element.Text : "";
                // AWS's own are AWS's business.
                if (arn.IndexOf(":iam::aws:", StringComparison.Ordinal) >= 0)
                {
                    continue;
                }

                foreach ((JsonElement document, PolicyType type) in Documents(owner))
                {
                    PolicyType actual = list == "Policies" && boundaries.Contains(arn) ? PolicyType.PermissionsBoundary : type;
                    yield return new FoundPolicy(PolicyText.Of(document, withIntrinsics: false).Text, like with { Type = actual, IsForUser = list == "UserDetailList" }, "account dump", document.Pointer, arn);
                }
            }
        }
    }

    private static IEnumerable<(JsonElement Document, PolicyType Type)> Documents(JsonElement owner)
    {
        if (owner.TryGetProperty("AssumeRolePolicyDocument", out JsonElement trust))
        {
            yield return (trust, PolicyType.Trust);
        }

        foreach (string list in (string[])["UserPolicyList", "GroupPolicyList", "RolePolicyList"])
        {
            if (owner.TryGetProperty(list, out JsonElement inline))
            {
                foreach (JsonElement policy in inline.Elements())
                {
                    if (policy.TryGetProperty("PolicyDocument", out JsonElement document))
                    {
                        yield return (document, PolicyType.Identity);
                    }
                }
            }
        }

        if (owner.TryGetProperty("PolicyVersionList", out JsonElement versions))
        {
            foreach (JsonElement version in versions.Elements())
            {
                // Older versions decide nothing.
                if (version.TryGetProperty("IsDefaultVersion", out JsonElement isDefault) && isDefault.Kind == JsonKind.True && version.TryGetProperty("Document", out JsonElement document))
                {
                    yield return (document, PolicyType.Identity);
                }
            }
        }
    }

    private static HashSet<string> Boundaries(JsonElement root)
    {
        var arns = new HashSet<string>(StringComparer.Ordinal);
        foreach (string list in Lists)
        {
            if (root.TryGetProperty(list, out JsonElement owners))
            {
                foreach (JsonElement owner in owners.Elements())
                {
                    if (owner.TryGetProperty("PermissionsBoundary", out JsonElement boundary) && boundary.TryGetProperty("PermissionsBoundaryArn", out JsonElement arn))
                    {
                        arns.Add(arn.Text);
                    }
                }
            }
        }

        return arns;
    }
}
