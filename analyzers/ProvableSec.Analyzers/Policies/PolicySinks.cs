using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Properties and methods of the AWS SDK and the CDK that take a policy, and what it is there. Known by name: neither need be referred to.</summary>
internal static class PolicySinks
{
    private const string Cdk = "Amazon.CDK.AWS.";

    /// <summary>What a policy is that a property is set to; null where that is not known.</summary>
    /// <param name="property">The property.</param>
    /// <param name="set">Where it is set.</param>
    /// <param name="key">The name under which the policy is in the dictionary that the property is set to, if it is.</param>
    /// <param name="json">The policy.</param>
    public static PolicyContext? OfProperty(IPropertySymbol property, IOperation set, string? key, JsonTree json)
    {
        // Most properties are none of these, and names of namespaces are put together anew each time.
        if (property.Name.IndexOf("Polic", StringComparison.Ordinal) < 0
            && property.Name is not ("Content" or "Attributes" or "AttributeValue" or "PermissionsBoundary"))
        {
            return null;
        }

        string type = property.ContainingType.Name, space = property.ContainingNamespace.ToDisplayString();
        return space.StartsWith(Cdk, StringComparison.Ordinal) ? OfCdk(property, space, type, set)
            : space.StartsWith("Amazon.", StringComparison.Ordinal) ? OfSdk(property.Name, space, type, set, key, json)
            : null;
    }

    /// <summary>What a statement is that a method takes; null where that is not known.</summary>
    public static PolicyContext? OfCall(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "AddToRolePolicy" or "AddToPolicy" or "AddToPrincipalPolicy" or "AddToExecutionRolePolicy" or "AddToTaskRolePolicy" =>
            new PolicyContext(PolicyType.Identity),
        "AddToResourcePolicy" => new PolicyContext(PolicyType.Resource, ResourceOf(call.Instance?.Type)),
        // role.AssumeRolePolicy.AddStatements(…)
        "AddStatements" when call.Instance is IPropertyReferenceOperation { Property.Name: "AssumeRolePolicy" } => new PolicyContext(PolicyType.Trust),
        "Apply" when call.TargetMethod.ContainingType.Name == "PermissionsBoundary" => new PolicyContext(PolicyType.PermissionsBoundary),
        _ => null,
    };

    private static PolicyContext? OfCdk(IPropertySymbol property, string space, string type, IOperation set)
    {
        string service = space.Substring(Cdk.Length);
        switch (type, property.Name)
        {
            case (_, "PermissionsBoundary"):
                return new PolicyContext(PolicyType.PermissionsBoundary);
            case ("RoleProps" or "IRoleProps", "InlinePolicies") or ("PolicyProperty", "PolicyDocument"):
                return new PolicyContext(PolicyType.Identity);
            case ("CfnPolicyProps" or "CfnPolicy", "Content") when service == "Organizations":
                return Sibling(set, "Type") switch
                {
                    "SERVICE_CONTROL_POLICY" => new PolicyContext(PolicyType.ServiceControlPolicy),
                    "RESOURCE_CONTROL_POLICY" => new PolicyContext(PolicyType.ResourceControlPolicy),
                    _ => null,
                };
        }

        const string First = "Cfn", Props = "Props";
        return !type.StartsWith(First, StringComparison.Ordinal) ? null
            : PolicyDocuments.OfProperty(
                $"AWS::{service}::{(type.EndsWith(Props, StringComparison.Ordinal) ? type.Substring(First.Length, type.Length - First.Length - Props.Length) : type.Substring(First.Length))}", property.Name);
    }

    private static PolicyContext? OfSdk(string property, string space, string type, IOperation set, string? key, JsonTree json)
    {
        switch (type, property)
        {
            case ("CreateRoleRequest", "AssumeRolePolicyDocument") or ("UpdateAssumeRolePolicyRequest", "PolicyDocument"):
                return new PolicyContext(PolicyType.Trust);
            case ("PutUserPolicyRequest", "PolicyDocument"):
                return new PolicyContext(PolicyType.Identity, IsForUser: true);
            case ("PutRolePolicyRequest" or "PutGroupPolicyRequest" or "CreatePolicyRequest" or "CreatePolicyVersionRequest", "PolicyDocument"):
                return new PolicyContext(PolicyType.Identity);
            case ("PutBucketPolicyRequest", "Policy"):
                return new PolicyContext(PolicyType.Resource, "AWS::S3::Bucket");
            case ("PutKeyPolicyRequest" or "CreateKeyRequest", "Policy"):
                return new PolicyContext(PolicyType.Resource, "AWS::KMS::Key");
            case ("SetQueueAttributesRequest" or "CreateQueueRequest", "Attributes") when key == "Policy":
                return new PolicyContext(PolicyType.Resource, "AWS::SQS::Queue");
            case ("CreateTopicRequest", "Attributes") when key == "Policy":
            case ("SetTopicAttributesRequest", "AttributeValue") when Sibling(set, "AttributeName") == "Policy":
                return new PolicyContext(PolicyType.Resource, "AWS::SNS::Topic");
            case ("PutResourcePolicyRequest", "ResourcePolicy") when space.StartsWith("Amazon.SecretsManager", StringComparison.Ordinal):
                return new PolicyContext(PolicyType.Resource, "AWS::SecretsManager::Secret");
            case ("AssumeRoleRequest" or "AssumeRoleWithWebIdentityRequest" or "AssumeRoleWithSAMLRequest" or "GetFederationTokenRequest", "Policy"):
                return new PolicyContext(PolicyType.Session);
            case ("CreateVpcEndpointRequest" or "ModifyVpcEndpointRequest", "PolicyDocument"):
                return new PolicyContext(PolicyType.VpcEndpoint);
            // The type is another property; where another place sets it: an RCP has a principal, an SCP has none.
            case ("CreatePolicyRequest" or "UpdatePolicyRequest", "Content") when space.StartsWith("Amazon.Organizations", StringComparison.Ordinal):
                return new PolicyContext(Sibling(set, "Type") switch
                {
                    "SERVICE_CONTROL_POLICY" => PolicyType.ServiceControlPolicy,
                    "RESOURCE_CONTROL_POLICY" => PolicyType.ResourceControlPolicy,
                    _ => json.Source.Text.IndexOf("\"Principal\"", StringComparison.Ordinal) >= 0 ? PolicyType.ResourceControlPolicy
                        : PolicyType.ServiceControlPolicy,
                });
            default:
                return null;
        }
    }

    /// <summary>The constant that the same initializer sets another property to; of the SDK's classes of constants, the member's name.</summary>
    private static string? Sibling(IOperation set, string property) => set.Parent is not IObjectOrCollectionInitializerOperation initializer ? null
        : initializer.Initializers.OfType<ISimpleAssignmentOperation>().Where(other => CodeStatements.NameOf(other) == property)
            .Select(other => CodeValues.Bare(other.Value) switch
        {
            IFieldReferenceOperation { ConstantValue.HasValue: false, Field.Name: var member } => member,
            var value => value.ConstantValue.Value as string,
        }).FirstOrDefault();

    /// <summary>The resource that a construct, or an interface of one, stands for.</summary>
    public static string? ResourceOf(ITypeSymbol? construct) => construct?.Name switch
    {
        "Bucket" or "IBucket" => "AWS::S3::Bucket",
        "Queue" or "IQueue" => "AWS::SQS::Queue",
        "Topic" or "ITopic" => "AWS::SNS::Topic",
        "Key" or "IKey" => "AWS::KMS::Key",
        "Secret" or "ISecret" => "AWS::SecretsManager::Secret",
        "Repository" or "IRepository" => "AWS::ECR::Repository",
        "Function" or "IFunction" or "Alias" or "IAlias" => "AWS::Lambda::Function",
        "FileSystem" or "IFileSystem" => "AWS::EFS::FileSystem",
        "Table" or "ITable" or "TableV2" => "AWS::DynamoDB::Table",
        _ => null,
    };
}
