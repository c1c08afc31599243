using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// Resources of a template that open access without a policy of their own: permissions of Lambda, function URLs of SAM, managed policies attached by name,
/// ACLs of S3 (AWS CloudFormation Template Reference; AWS SAM Developer Guide, "FunctionUrlConfig"; Amazon S3 User Guide, "Access control list overview").
/// </summary>
internal static class CloudFormationGrants
{
    /// <summary>The properties that open access, by type.</summary>
    private static readonly Dictionary<string, string[]> Looked = new(StringComparer.Ordinal)
    {
        ["AWS::Lambda::Permission"] = ["Action", "Principal", "SourceAccount", "SourceArn", "PrincipalOrgID", "EventSourceToken", "FunctionUrlAuthType",
            "InvokedViaFunctionUrl"],
        ["AWS::Lambda::LayerVersionPermission"] = ["Action", "Principal", "OrganizationId"],
        ["AWS::Events::EventBusPolicy"] = ["Action", "Principal", "Condition"],
        ["AWS::S3::Bucket"] = ["AccessControl", "OwnershipControls", TemplatePublicAccess.Property],
        ["AWS::Serverless::Function"] = ["FunctionUrlConfig", "Policies"],
        ["AWS::Serverless::StateMachine"] = ["Policies"],
        ["AWS::IAM::Role"] = ["ManagedPolicyArns"],
        ["AWS::IAM::User"] = ["ManagedPolicyArns"],
        ["AWS::IAM::Group"] = ["ManagedPolicyArns"],
        ["AWS::SSO::PermissionSet"] = ["ManagedPolicies"],
    };

    /// <summary>The types with such properties.</summary>
    public static IEnumerable<string> All => Looked.Keys;

    /// <summary>The properties of a type that open access.</summary>
    public static IReadOnlyList<string> PropertiesOf(string type) => Looked.TryGetValue(type, out string[]? names) ? names : [];

    /// <summary>The policies that a resource stands for, in each of the deployments that make other ones of it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="type">Its type.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="exists">Its condition; null for none.</param>
    /// <param name="like">What is known about every policy of the template.</param>
    /// <param name="notes">Gets what could not be judged.</param>
    public static IEnumerable<FoundPolicy> Of(JsonMember resource, string type, JsonItem properties, string? exists, PolicyContext like, DocumentNotes notes)
    {
        JsonItem[] values = [.. PropertiesOf(type).Select(name => properties.TryGetProperty(name, out JsonItem value) ? value : (JsonItem?)null)
            .OfType<JsonItem>()];
        if (values.Length == 0)
        {
            return [];
        }

        string owner = $"{resource.Name} ({type})";
        (IReadOnlyList<TemplateBranch> branches, bool isAll) = TemplateBranches.Of(values, [], exists);
        FoundPolicy[][] found = [.. branches.Select(branch => new TemplateGrants(branch.Choice, resource, type, properties, like, notes).Found().ToArray())];
        if (!isAll && found.Any(policies => policies.Length > 0))
        {
            notes.AddPartlyJudged(resource.Value.Pointer, owner);
        }

        (string, bool)[] needed = exists is null ? [] : [(exists, true)];
        return branches is [{ Words.Count: 0 }] ? found[0].Select(policy => policy with { Needed = needed })
            : [.. found.SelectMany(Keyed).GroupBy(policy => policy.Key).Select(group => group.First().Value with
            {
                Needed = needed,
                Branches =
                    [.. branches.Select((branch, i) =>
                        new PolicyBranch(branch.Words, Keyed(found[i]).FirstOrDefault(policy => policy.Key.Equals(group.Key)).Value?.Text))],
            })];
    }

    /// <summary>Each policy with its place, and its number among those of the same place.</summary>
    private static IEnumerable<KeyValuePair<(string Pointer, int Number), FoundPolicy>> Keyed(FoundPolicy[] policies) =>
        policies.Select((policy, i) =>
            new KeyValuePair<(string, int), FoundPolicy>((policy.Pointer, policies.Take(i).Count(other => other.Pointer == policy.Pointer)), policy));
}
