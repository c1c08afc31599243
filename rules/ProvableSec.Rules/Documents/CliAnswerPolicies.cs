using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// The policies in answers of the AWS CLI (AWS CLI Command Reference, the "Output" of each command): as objects, as JSON in strings, percent-encoded. What
/// an answer is shows in its members; the kind of policy follows from them.
/// </summary>
internal static class CliAnswerPolicies
{
    /// <summary>The ways to a policy, what it is, and for which command.</summary>
    private static readonly (string Path, PolicyType? Type, string? ResourceType)[] Places =
    [
        // s3api get-bucket-policy, kms get-key-policy, lambda get-policy, sns, efs, dynamodb, kinesis, backup, events describe-event-bus, …
        ("Policy", PolicyType.Resource, null),
        ("policy", PolicyType.Resource, null),
        ("ResourcePolicy", PolicyType.Resource, "AWS::SecretsManager::Secret"),
        ("policyText", PolicyType.Resource, null),
        ("PolicyInJson", PolicyType.Resource, null),
        ("policyDocument", PolicyType.Identity, null),
        ("Attributes/Policy", PolicyType.Resource, null),
        ("policy/document", PolicyType.Resource, null),
        ("policy/Policy", PolicyType.Resource, "AWS::Glacier::Vault"),
        ("resourcePolicies/*/policyDocument", PolicyType.Resource, "AWS::Logs::ResourcePolicy"),
        ("DomainStatus/AccessPolicies", PolicyType.Resource, "AWS::OpenSearchService::Domain"),
        ("FileSystemPolicy", PolicyType.Resource, "AWS::EFS::FileSystem"),
        ("VpcEndpoints/*/PolicyDocument", PolicyType.VpcEndpoint, null),
        ("Policy/Content", null, null),
        ("PolicyVersion/Document", PolicyType.Identity, null),
        ("PolicyDocument", PolicyType.Identity, null),
        ("Role/AssumeRolePolicyDocument", PolicyType.Trust, null),
        ("Roles/*/AssumeRolePolicyDocument", PolicyType.Trust, null),
        ("InlinePolicy", PolicyType.Identity, null),
    ];

    /// <summary>True for an object that is none of the language itself and has a policy where an answer has one.</summary>
    public static bool Is(JsonItem root) => root.Kind == JsonKind.Object && !root.TryGetProperty("Statement", out _)
        && Places.Any(place => At(root, place.Path).Any(IsPolicy));

    /// <summary>The policies of an answer.</summary>
    public static IEnumerable<FoundPolicy> Of(JsonItem root, PolicyContext like)
    {
        foreach ((string path, PolicyType? type, string? resourceType) in Places)
        {
            foreach (JsonItem value in At(root, path).Where(IsPolicy))
            {
                // The type that a control policy's summary tells; a policy without principal is not a resource's, whatever the member is called.
                MappedText text = PolicyText.Of(value, choice: null).Text;
                PolicyType actual = type ?? ControlType(root);
                if (actual is PolicyType.Resource or PolicyType.Identity)
                {
                    actual = PolicyForm.TypeOf(text.Text);
                }

                yield return new FoundPolicy(text, like with
                {
                    Type = actual,
                    ResourceType = actual == PolicyType.Resource ? resourceType : null,
                    IsForUser = root.TryGetProperty("UserName", out _)
                }, PolicyTypeOrigin.Holder, value.Pointer, OwnerOf(root));
            }
        }
    }

    private static bool IsPolicy(JsonItem value) => PolicyForm.Is(value) || PolicyForm.IsIn(value)
        || (value.Kind == JsonKind.String && value.Text.StartsWith("%7B", StringComparison.OrdinalIgnoreCase));

    private static PolicyType ControlType(JsonItem root) =>
        (root.TryGetProperty("Policy", out JsonItem policy) && policy.TryGetProperty("PolicySummary", out JsonItem summary)
            && summary.TryGetProperty("Type", out JsonItem type) ? PolicyForm.OfControl(type.Text) : null)
        ?? PolicyType.ServiceControlPolicy;

    private static string OwnerOf(JsonItem root)
    {
        foreach (string name in (string[])["RoleName", "UserName", "GroupName", "Name", "repositoryName", "policyName"])
        {
            if (root.TryGetProperty(name, out JsonItem owner) && owner.Kind == JsonKind.String)
            {
                return owner.Text;
            }
        }

        return root.TryGetProperty("Role", out JsonItem role) && role.TryGetProperty("RoleName", out JsonItem of) ? of.Text : "";
    }

    private static IEnumerable<JsonItem> At(JsonItem value, string path)
    {
        int slash = path.IndexOf('/');
        string step = slash < 0 ? path : path.Substring(0, slash);
        IEnumerable<JsonItem> next = step == "*" ? value.Items() : value.TryGetProperty(step, out JsonItem found) ? [found] : [];
        return slash < 0 ? next : next.SelectMany(item => At(item, path.Substring(slash + 1)));
    }
}
