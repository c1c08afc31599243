using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in a template of CloudFormation or SAM, which is also what the CDK writes (AWS CloudFormation Template Reference).</summary>
internal static class CloudFormationPolicies
{
    private static readonly Dictionary<string, (string Property, PolicyType Type, string? ResourceType)[]> Properties = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::Policy"] = [("PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::ManagedPolicy"] = [("PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::RolePolicy"] = [("PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::UserPolicy"] = [("PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::GroupPolicy"] = [("PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::Role"] = [("AssumeRolePolicyDocument", PolicyType.Trust, null), ("Policies/*/PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::User"] = [("Policies/*/PolicyDocument", PolicyType.Identity, null)],
        ["AWS::IAM::Group"] = [("Policies/*/PolicyDocument", PolicyType.Identity, null)],
        ["AWS::S3::BucketPolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::S3::Bucket")],
        ["AWS::S3::AccessPoint"] = [("Policy", PolicyType.Resource, "AWS::S3::AccessPoint")],
        ["AWS::S3Express::BucketPolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::S3Express::DirectoryBucket")],
        ["AWS::SQS::QueuePolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::SQS::Queue")],
        ["AWS::SQS::QueueInlinePolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::SQS::Queue")],
        ["AWS::SNS::TopicPolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::SNS::Topic")],
        ["AWS::SNS::TopicInlinePolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::SNS::Topic")],
        ["AWS::KMS::Key"] = [("KeyPolicy", PolicyType.Resource, "AWS::KMS::Key")],
        ["AWS::SecretsManager::ResourcePolicy"] = [("ResourcePolicy", PolicyType.Resource, "AWS::SecretsManager::Secret")],
        ["AWS::ECR::Repository"] = [("RepositoryPolicyText", PolicyType.Resource, "AWS::ECR::Repository")],
        ["AWS::EFS::FileSystem"] = [("FileSystemPolicy", PolicyType.Resource, "AWS::EFS::FileSystem")],
        ["AWS::DynamoDB::Table"] = [("ResourcePolicy/PolicyDocument", PolicyType.Resource, "AWS::DynamoDB::Table")],
        ["AWS::Kinesis::ResourcePolicy"] = [("ResourcePolicy", PolicyType.Resource, "AWS::Kinesis::Stream")],
        ["AWS::Backup::BackupVault"] = [("AccessPolicy", PolicyType.Resource, "AWS::Backup::BackupVault")],
        ["AWS::ApiGateway::RestApi"] = [("Policy", PolicyType.Resource, "AWS::ApiGateway::RestApi")],
        ["AWS::CodeArtifact::Domain"] = [("PermissionsPolicyDocument", PolicyType.Resource, "AWS::CodeArtifact::Domain")],
        ["AWS::CodeArtifact::Repository"] = [("PermissionsPolicyDocument", PolicyType.Resource, "AWS::CodeArtifact::Repository")],
        ["AWS::Logs::ResourcePolicy"] = [("PolicyDocument", PolicyType.Resource, "AWS::Logs::ResourcePolicy")],
        ["AWS::OpenSearchService::Domain"] = [("AccessPolicies", PolicyType.Resource, "AWS::OpenSearchService::Domain")],
        ["AWS::Elasticsearch::Domain"] = [("AccessPolicies", PolicyType.Resource, "AWS::Elasticsearch::Domain")],
        ["AWS::EC2::VPCEndpoint"] = [("PolicyDocument", PolicyType.VpcEndpoint, null)],
        ["AWS::SSO::PermissionSet"] = [("InlinePolicy", PolicyType.Identity, null)],
        ["AWS::Organizations::Policy"] = [("Content", PolicyType.ServiceControlPolicy, null)],
        ["AWS::Serverless::Function"] = [("AssumeRolePolicyDocument", PolicyType.Trust, null), ("Policies", PolicyType.Identity, null), ("Policies/*", PolicyType.Identity, null)],
        ["AWS::Serverless::StateMachine"] = [("Policies", PolicyType.Identity, null), ("Policies/*", PolicyType.Identity, null)],
    };

    /// <summary>True for an object with Resources that have types.</summary>
    public static bool IsTemplate(JsonElement root)
    {
        if (!root.TryGetProperty("Resources", out JsonElement resources))
        {
            return root.TryGetProperty("AWSTemplateFormatVersion", out _);
        }

        foreach (JsonProperty resource in resources.Properties())
        {
            if (resource.Value.TryGetProperty("Type", out JsonElement type) && type.Kind == JsonKind.String && type.Text.IndexOf("::", StringComparison.Ordinal) > 0)
            {
                return true;
            }
        }

        return root.TryGetProperty("AWSTemplateFormatVersion", out _);
    }

    /// <summary>What a property of a resource is; null where it is no policy.</summary>
    public static PolicyContext? OfProperty(string resourceType, string property)
    {
        foreach ((string path, PolicyType type, string? policyResource) in Properties.TryGetValue(resourceType, out var places) ? places : [])
        {
            if (path == property)
            {
                return new PolicyContext(type, policyResource, IsUser(resourceType));
            }
        }

        return null;
    }

    public static IReadOnlyList<FoundPolicy> Of(JsonElement root, PolicyContext like) =>
        root.TryGetProperty("Resources", out JsonElement resources) ? PolicyHolders.Together([.. Documents(root, like, TemplateHolders.Of(resources))], []) : [];

    private static IEnumerable<FoundPolicy> Documents(JsonElement root, PolicyContext like, ILookup<string, string> holders)
    {
        if (!root.TryGetProperty("Resources", out JsonElement resources))
        {
            yield break;
        }

        HashSet<string> boundaries = Boundaries(resources);
        foreach (JsonProperty resource in resources.Properties())
        {
            if (!resource.Value.TryGetProperty("Type", out JsonElement typeElement) || !resource.Value.TryGetProperty("Properties", out JsonElement properties)
                || !Properties.TryGetValue(typeElement.Text, out (string Property, PolicyType Type, string? ResourceType)[]? places))
            {
                continue;
            }

            foreach ((string property, PolicyType type, string? resourceType) in places)
            {
                foreach (JsonElement value in At(properties, property))
                {
                    if (!IsPolicy(value) || (typeElement.Text == "AWS::Organizations::Policy" && ControlType(properties) is null))
                    {
                        continue;
                    }

                    PolicyType actual = typeElement.Text == "AWS::Organizations::Policy" ? ControlType(properties)!.Value
                        : typeElement.Text == "AWS::IAM::ManagedPolicy" && boundaries.Contains(resource.Name) ? PolicyType.PermissionsBoundary
                        : type;
                    (MappedText text, int unknown) = PolicyText.Of(value, withIntrinsics: true);
                    yield return new FoundPolicy(text, like with { Type = actual, ResourceType = resourceType, IsForUser = IsUser(typeElement.Text) }, "template", value.Pointer, $"{resource.Name} ({typeElement.Text})") { UnknownValues = unknown, Holders = [.. holders[resource.Name]] };
                }
            }
        }
    }

    private static bool IsUser(string resourceType) => resourceType is "AWS::IAM::UserPolicy" or "AWS::IAM::User";

    /// <summary>An object with a Statement, or JSON in a string; SAM also lists names of policies.</summary>
    private static bool IsPolicy(JsonElement value) =>
        value.Kind == JsonKind.Object ? value.TryGetProperty("Statement", out _) : value.Kind == JsonKind.String && value.Text.TrimStart().StartsWith("{", StringComparison.Ordinal);

    private static PolicyType? ControlType(JsonElement properties) => properties.TryGetProperty("Type", out JsonElement type) ? type.Text switch
    {
        "SERVICE_CONTROL_POLICY" => PolicyType.ServiceControlPolicy,
        "RESOURCE_CONTROL_POLICY" => PolicyType.ResourceControlPolicy,
        _ => null,
    }
    : null;

    /// <summary>Managed policies of the template that a user or role of it has as boundary: they grant nothing.</summary>
    private static HashSet<string> Boundaries(JsonElement resources)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty resource in resources.Properties())
        {
            if (resource.Value.TryGetProperty("Properties", out JsonElement properties) && properties.TryGetProperty("PermissionsBoundary", out JsonElement boundary)
                && boundary.TryGetProperty("Ref", out JsonElement reference))
            {
                names.Add(reference.Text);
            }
        }

        return names;
    }

    private static IEnumerable<JsonElement> At(JsonElement value, string path)
    {
        int slash = path.IndexOf('/');
        string step = slash < 0 ? path : path.Substring(0, slash);
        var next = new List<JsonElement>();
        if (step == "*")
        {
            foreach (JsonElement item in value.Elements())
            {
                next.Add(item);
            }
        }
        else if (value.TryGetProperty(step, out JsonElement found))
        {
            next.Add(found);
        }

        return slash < 0 ? next : next.SelectMany(item => At(item, path.Substring(slash + 1)));
    }
}
