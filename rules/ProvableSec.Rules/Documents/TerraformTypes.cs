using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// The types of resources of Terraform's AWS provider that take a policy, and in which attribute (registry.terraform.io/providers/hashicorp/aws, the page of
/// each). Types that open access otherwise are in <see cref="TerraformGrants"/>.
/// </summary>
internal static class TerraformTypes
{
    private static readonly Dictionary<string, PolicyAttribute[]> Attributes = new(StringComparer.Ordinal)
    {
        ["aws_iam_policy"] = [new("policy", PolicyType.Identity)],
        ["aws_iam_role_policy"] = [new("policy", PolicyType.Identity)],
        ["aws_iam_user_policy"] = [new("policy", PolicyType.Identity)],
        ["aws_iam_group_policy"] = [new("policy", PolicyType.Identity)],
        ["aws_iot_policy"] = [new("policy", PolicyType.Identity)],
        ["aws_ssoadmin_permission_set_inline_policy"] = [new("inline_policy", PolicyType.Identity)],
        ["aws_iam_role"] = [new("assume_role_policy", PolicyType.Trust), new("inline_policy", PolicyType.Identity)],
        ["aws_organizations_policy"] = [new("content", PolicyType.ServiceControlPolicy)],
        ["aws_rolesanywhere_profile"] = [new("session_policy", PolicyType.Session)],
        ["aws_transfer_access"] = [new("policy", PolicyType.Session)],
        ["aws_transfer_user"] = [new("policy", PolicyType.Session)],
        ["aws_vpc_endpoint"] = [new("policy", PolicyType.VpcEndpoint)],
        ["aws_vpc_endpoint_policy"] = [new("policy", PolicyType.VpcEndpoint)],
        ["aws_acmpca_policy"] = [new("policy", PolicyType.Resource, "AWS::ACMPCA::CertificateAuthority")],
        ["aws_api_gateway_domain_name"] = [new("policy", PolicyType.Resource, "AWS::ApiGateway::DomainNameV2")],
        ["aws_cloudsearch_domain_service_access_policy"] = [new("access_policy", PolicyType.Resource, "AWS::CloudSearch::Domain")],
        ["aws_ecr_repository_creation_template"] = [new("repository_policy", PolicyType.Resource, "AWS::ECR::RepositoryCreationTemplate")],
        ["aws_oam_sink_policy"] = [new("policy", PolicyType.Resource, "AWS::Oam::Sink")],
        ["aws_odb_network"] = [new("s3_policy_document", PolicyType.VpcEndpoint)],
        ["aws_prometheus_resource_policy"] = [new("policy_document", PolicyType.Resource, "AWS::APS::ResourcePolicy")],
        ["aws_s3control_access_grants_instance_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::S3::AccessGrantsInstance")],
        ["aws_s3vectors_vector_bucket_policy"] = [new("policy", PolicyType.Resource, "AWS::S3Vectors::VectorBucketPolicy")],
        ["aws_api_gateway_rest_api"] = [new("policy", PolicyType.Resource, "AWS::ApiGateway::RestApi")],
        ["aws_api_gateway_rest_api_policy"] = [new("policy", PolicyType.Resource, "AWS::ApiGateway::RestApi")],
        ["aws_backup_vault_policy"] = [new("policy", PolicyType.Resource, "AWS::Backup::BackupVault")],
        ["aws_cloudwatch_event_bus_policy"] = [new("policy", PolicyType.Resource, "AWS::Events::EventBus")],
        ["aws_cloudwatch_log_delivery_destination_policy"] = [new("delivery_destination_policy", PolicyType.Resource, "AWS::Logs::DeliveryDestination")],
        ["aws_cloudwatch_log_destination_policy"] = [new("access_policy", PolicyType.Resource, "AWS::Logs::Destination")],
        ["aws_cloudwatch_log_resource_policy"] = [new("policy_document", PolicyType.Resource, "AWS::Logs::ResourcePolicy")],
        ["aws_codeartifact_domain_permissions_policy"] = [new("policy_document", PolicyType.Resource, "AWS::CodeArtifact::Domain")],
        ["aws_codeartifact_repository_permissions_policy"] = [new("policy_document", PolicyType.Resource, "AWS::CodeArtifact::Repository")],
        ["aws_codebuild_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::CodeBuild::Project")],
        ["aws_dynamodb_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::DynamoDB::Table")],
        ["aws_ecr_registry_policy"] = [new("policy", PolicyType.Resource, "AWS::ECR::RegistryPolicy")],
        ["aws_ecr_repository_policy"] = [new("policy", PolicyType.Resource, "AWS::ECR::Repository")],
        ["aws_ecrpublic_repository_policy"] = [new("policy", PolicyType.Resource, "AWS::ECR::PublicRepository")],
        ["aws_efs_file_system_policy"] = [new("policy", PolicyType.Resource, "AWS::EFS::FileSystem")],
        ["aws_elasticsearch_domain"] = [new("access_policies", PolicyType.Resource, "AWS::Elasticsearch::Domain")],
        ["aws_elasticsearch_domain_policy"] = [new("access_policies", PolicyType.Resource, "AWS::Elasticsearch::Domain")],
        ["aws_glacier_vault"] = [new("access_policy", PolicyType.Resource, "AWS::Glacier::Vault")],
        ["aws_glacier_vault_lock"] = [new("policy", PolicyType.Resource, "AWS::Glacier::Vault")],
        ["aws_glue_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::Glue::ResourcePolicy")],
        ["aws_kinesis_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::Kinesis::Stream")],
        ["aws_kms_external_key"] = [new("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_kms_key"] = [new("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_kms_key_policy"] = [new("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_kms_replica_external_key"] = [new("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_kms_replica_key"] = [new("policy", PolicyType.Resource, "AWS::KMS::Key")],
        ["aws_media_store_container_policy"] = [new("policy", PolicyType.Resource, "AWS::MediaStore::Container")],
        ["aws_msk_cluster_policy"] = [new("policy", PolicyType.Resource, "AWS::MSK::ClusterPolicy")],
        ["aws_networkfirewall_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::NetworkFirewall::ResourcePolicy")],
        ["aws_opensearch_domain"] = [new("access_policies", PolicyType.Resource, "AWS::OpenSearchService::Domain")],
        ["aws_opensearch_domain_policy"] = [new("access_policies", PolicyType.Resource, "AWS::OpenSearchService::Domain")],
        ["aws_organizations_resource_policy"] = [new("content", PolicyType.Resource, "AWS::Organizations::ResourcePolicy")],
        ["aws_redshift_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::Redshift::Cluster")],
        ["aws_redshiftserverless_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::RedshiftServerless::Namespace")],
        ["aws_s3_access_point"] = [new("policy", PolicyType.Resource, "AWS::S3::AccessPoint")],
        ["aws_s3control_access_point_policy"] = [new("policy", PolicyType.Resource, "AWS::S3::AccessPoint")],
        ["aws_s3_bucket"] = [new("policy", PolicyType.Resource, "AWS::S3::Bucket")],
        ["aws_s3_bucket_policy"] = [new("policy", PolicyType.Resource, "AWS::S3::Bucket")],
        ["aws_s3control_bucket_policy"] = [new("policy", PolicyType.Resource, "AWS::S3Outposts::BucketPolicy")],
        ["aws_s3control_multi_region_access_point_policy"] = [new("details", PolicyType.Resource, "AWS::S3::MultiRegionAccessPointPolicy")],
        ["aws_s3control_object_lambda_access_point_policy"] = [new("policy", PolicyType.Resource, "AWS::S3ObjectLambda::AccessPointPolicy")],
        ["aws_s3tables_table_bucket_policy"] = [new("resource_policy", PolicyType.Resource, "AWS::S3Tables::TableBucketPolicy")],
        ["aws_s3tables_table_policy"] = [new("resource_policy", PolicyType.Resource, "AWS::S3Tables::TablePolicy")],
        ["aws_sagemaker_model_package_group_policy"] = [new("resource_policy", PolicyType.Resource, "AWS::SageMaker::ModelPackageGroup")],
        ["aws_schemas_registry_policy"] = [new("policy", PolicyType.Resource, "AWS::EventSchemas::RegistryPolicy")],
        ["aws_secretsmanager_secret"] = [new("policy", PolicyType.Resource, "AWS::SecretsManager::Secret")],
        ["aws_secretsmanager_secret_policy"] = [new("policy", PolicyType.Resource, "AWS::SecretsManager::Secret")],
        ["aws_ses_identity_policy"] = [new("policy", PolicyType.Resource, "AWS::SES::EmailIdentity")],
        ["aws_sesv2_email_identity_policy"] = [new("policy", PolicyType.Resource, "AWS::SES::EmailIdentity")],
        ["aws_sns_topic"] = [new("policy", PolicyType.Resource, "AWS::SNS::Topic")],
        ["aws_sns_topic_policy"] = [new("policy", PolicyType.Resource, "AWS::SNS::Topic")],
        ["aws_sqs_queue"] = [new("policy", PolicyType.Resource, "AWS::SQS::Queue")],
        ["aws_sqs_queue_policy"] = [new("policy", PolicyType.Resource, "AWS::SQS::Queue")],
        ["aws_vpclattice_auth_policy"] = [new("policy", PolicyType.Resource, "AWS::VpcLattice::AuthPolicy")],
        ["aws_vpclattice_resource_policy"] = [new("policy", PolicyType.Resource, "AWS::VpcLattice::ResourcePolicy")],
        ["aws_xray_resource_policy"] = [new("policy_document", PolicyType.Resource, "AWS::XRay::ResourcePolicy")],
    };

    /// <summary>The types that take a policy.</summary>
    public static IEnumerable<string> All => Attributes.Keys;

    /// <summary>Where resources of a type have policies; none for a type that takes none.</summary>
    public static IReadOnlyList<PolicyAttribute> Of(string type) => Attributes.TryGetValue(type, out PolicyAttribute[]? attributes) ? attributes : [];
}
