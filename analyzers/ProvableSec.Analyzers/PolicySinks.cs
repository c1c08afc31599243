using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers;

/// <summary>Properties of the AWS SDK that take a policy as text, and what it is there. Known by name: the SDK need not be referred to.</summary>
internal static class PolicySinks
{
    /// <summary>What a text is by the property that it is assigned to; no type where that is not known.</summary>
    public static (PolicyType? Type, PolicyContext Context) ContextOf(IOperation text, JsonDocument json)
    {
        IOperation? parent = text.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        if (parent is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } })
        {
            (PolicyType? type, string? resource) = Of(property.ContainingType.Name, property.Name, property.ContainingNamespace.ToString(), json);
            if (type is { } known)
            {
                return (known, new PolicyContext(known, resource));
            }
        }

        return (null, new PolicyContext(PolicyType.Identity));
    }

    private static (PolicyType? Type, string? ResourceType) Of(string type, string property, string space, JsonDocument json) => (type, property) switch
    {
        ("CreateRoleRequest", "AssumeRolePolicyDocument") or ("UpdateAssumeRolePolicyRequest", "PolicyDocument") => (PolicyType.Trust, null),
        ("PutRolePolicyRequest" or "PutUserPolicyRequest" or "PutGroupPolicyRequest" or "CreatePolicyRequest" or "CreatePolicyVersionRequest", "PolicyDocument") => (PolicyType.Identity, null),
        ("PutBucketPolicyRequest", "Policy") => (PolicyType.Resource, "AWS::S3::Bucket"),
        ("PutKeyPolicyRequest" or "CreateKeyRequest", "Policy") => (PolicyType.Resource, "AWS::KMS::Key"),
        ("PutResourcePolicyRequest", "ResourcePolicy") when space.StartsWith("Amazon.SecretsManager", StringComparison.Ordinal) => (PolicyType.Resource, "AWS::SecretsManager::Secret"),
        ("AssumeRoleRequest" or "AssumeRoleWithWebIdentityRequest" or "AssumeRoleWithSAMLRequest" or "GetFederationTokenRequest", "Policy") => (PolicyType.Session, null),
        ("CreateVpcEndpointRequest" or "ModifyVpcEndpointRequest", "PolicyDocument") => (PolicyType.VpcEndpoint, null),
        // The type is another property; an RCP has a principal, an SCP has none.
        ("CreatePolicyRequest" or "UpdatePolicyRequest", "Content") when space.StartsWith("Amazon.Organizations", StringComparison.Ordinal) =>
            (json.Source.Text.IndexOf("\"Principal\"", StringComparison.Ordinal) >= 0 ? PolicyType.ResourceControlPolicy : PolicyType.ServiceControlPolicy, null),
        _ => (null, null),
    };
}
