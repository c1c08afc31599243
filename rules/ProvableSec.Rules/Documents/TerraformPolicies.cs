using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The policies in a plan of Terraform as <c>terraform show -json</c> writes it: JSON in strings; what is known after apply is not there.</summary>
internal static class TerraformPolicies
{
    private static readonly Dictionary<string, (string Attribute, PolicyType Type, string? ResourceType)[]> Attributes = new(StringComparer.Ordinal)
    {
        ["aws_iam_policy"] = [("policy", PolicyType.Identity, null)],
        ["aws_iam_role_policy"] = [("policy", PolicyType.Identity, null)],
        ["aws_iam_user_policy"] = [("policy", PolicyType.Identity, null)],
        ["aws_iam_group_policy"] = [("policy", PolicyType.Identity, null)],
        ["aws_iam_role"] = [("assume_role_policy", PolicyType.Trust, null), ("inline_policy", PolicyType.Identity, null)],
        ["aws_s3_bucket_policy"] = [("policy", PolicyType.Resource, "AWS::S3::Bucket")],
        ["aws_s3_access_point"] = [("policy", PolicyType.Resource, "AWS::S3::AccessPoint")],
        ["aws_sqs_queue"] = [("policy", PolicyType.Resource, "AWS::SQS::Queue")],
        ["aws_sqs_queue_policy"] = [("policy", PolicyType.Resource, "AWS::SQS::Queue")],
        ["aws_sns_topic"] = [("policy", PolicyType.Resource, "AWS::SNS::Topic")],
        ["aws_sns_topic_policy"] = [("policy", PolicyType.Resource, "AWS::SNS::Topic")],
        ["aws_kms_key"] = [("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_kms_key_policy"] = [("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_secretsmanager_secret_policy"] = [("policy", PolicyType.Resource, "AWS::SecretsManager::Secret")],
        ["aws_ecr_repository_policy"] = [("policy", PolicyType.Resource, "AWS::ECR::Repository")],
        ["aws_efs_file_system_policy"] = [("policy", PolicyType.Resource, "AWS::EFS::FileSystem")],
        ["aws_backup_vault_policy"] = [("policy", PolicyType.Resource, "AWS::Backup::BackupVault")],
        ["aws_dynamodb_resource_policy"] = [("policy", PolicyType.Resource, "AWS::DynamoDB::Table")],
        ["aws_kinesis_resource_policy"] = [("policy", PolicyType.Resource, "AWS::Kinesis::Stream")],
        ["aws_api_gateway_rest_api_policy"] = [("policy", PolicyType.Resource, "AWS::ApiGateway::RestApi")],
        ["aws_cloudwatch_log_resource_policy"] = [("policy_document", PolicyType.Resource, "AWS::Logs::ResourcePolicy")],
        ["aws_opensearch_domain"] = [("access_policies", PolicyType.Resource, "AWS::OpenSearchService::Domain")],
        ["aws_opensearch_domain_policy"] = [("access_policies", PolicyType.Resource, "AWS::OpenSearchService::Domain")],
        ["aws_vpc_endpoint"] = [("policy", PolicyType.VpcEndpoint, null)],
        ["aws_vpc_endpoint_policy"] = [("policy", PolicyType.VpcEndpoint, null)],
        ["aws_ssoadmin_permission_set_inline_policy"] = [("inline_policy", PolicyType.Identity, null)],
        ["aws_organizations_policy"] = [("content", PolicyType.ServiceControlPolicy, null)],
    };

    public static bool IsPlan(JsonElement root) => root.TryGetProperty("planned_values", out _) && root.TryGetProperty("format_version", out _);

    public static IEnumerable<FoundPolicy> Of(JsonElement root, PolicyContext like) =>
        root.TryGetProperty("planned_values", out JsonElement values) && values.TryGetProperty("root_module", out JsonElement module) ? InModule(module, like) : [];

    private static IEnumerable<FoundPolicy> InModule(JsonElement module, PolicyContext like)
    {
        if (module.TryGetProperty("resources", out JsonElement resources))
        {
            foreach (JsonElement resource in resources.Elements())
            {
                foreach (FoundPolicy policy in InResource(resource, like))
                {
                    yield return policy;
                }
            }
        }

        if (module.TryGetProperty("child_modules", out JsonElement children))
        {
            foreach (JsonElement child in children.Elements())
            {
                foreach (FoundPolicy policy in InModule(child, like))
                {
                    yield return policy;
                }
            }
        }
    }

    private static IEnumerable<FoundPolicy> InResource(JsonElement resource, PolicyContext like)
    {
        if (!resource.TryGetProperty("type", out JsonElement type) || !resource.TryGetProperty("values", out JsonElement values)
            || !Attributes.TryGetValue(type.Text, out (string Attribute, PolicyType Type, string? ResourceType)[]? attributes))
        {
            yield break;
        }

        string address = resource.TryGetProperty("address", out JsonElement named) ? named.Text : type.Text;
        foreach ((string attribute, PolicyType policyType, string? resourceType) in attributes)
        {
            if (!values.TryGetProperty(attribute, out JsonElement value) || (type.Text == "aws_organizations_policy" && ControlType(values) is null))
            {
                continue;
            }

            var documents = new List<JsonElement>();
            if (value.Kind == JsonKind.String)
            {
                documents.Add(value);
            }

            // inline_policy is a list of objects with a policy each.
            foreach (JsonElement item in value.Elements())
            {
                if (item.TryGetProperty("policy", out JsonElement inline) && inline.Kind == JsonKind.String)
                {
                    documents.Add(inline);
                }
            }

            foreach (JsonElement document in documents.Where(document => document.Text.Length > 0))
            {
                PolicyType actual = type.Text == "aws_organizations_policy" ? ControlType(values)!.Value : policyType;
                yield return new FoundPolicy(PolicyText.Of(document, withIntrinsics: false).Text, like with { Type = actual, ResourceType = resourceType }, "Terraform plan", document.Pointer, address);
            }
        }
    }

    private static PolicyType? ControlType(JsonElement values) => !values.TryGetProperty("type", out JsonElement type) ? PolicyType.ServiceControlPolicy : type.Text switch
    {
        "SERVICE_CONTROL_POLICY" => PolicyType.ServiceControlPolicy,
        "RESOURCE_CONTROL_POLICY" => PolicyType.ResourceControlPolicy,
        _ => null,
    };
}
