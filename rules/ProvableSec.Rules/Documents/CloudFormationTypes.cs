using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// The types of resources that take a policy, and where (AWS CloudFormation Template Reference and AWS SAM Developer Guide, the page of each type). Types
/// that open access otherwise are in <see cref="CloudFormationGrants"/>.
/// </summary>
internal static class CloudFormationTypes
{
    private static readonly Dictionary<string, CloudFormationPlace[]> Places = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::Policy"] = Identity("PolicyDocument"),
        ["AWS::IAM::ManagedPolicy"] = Identity("PolicyDocument"),
        ["AWS::IAM::RolePolicy"] = Identity("PolicyDocument"),
        ["AWS::IAM::UserPolicy"] = Identity("PolicyDocument"),
        ["AWS::IAM::GroupPolicy"] = Identity("PolicyDocument"),
        ["AWS::IAM::Role"] = [new("AssumeRolePolicyDocument", PolicyType.Trust), new("Policies/*/PolicyDocument", PolicyType.Identity)],
        ["AWS::IAM::User"] = Identity("Policies/*/PolicyDocument"),
        ["AWS::IAM::Group"] = Identity("Policies/*/PolicyDocument"),
        ["AWS::IoT::Policy"] = Identity("PolicyDocument"),
        ["AWS::SSO::PermissionSet"] = Identity("InlinePolicy"),
        ["AWS::Serverless::Function"] = [new("AssumeRolePolicyDocument", PolicyType.Trust), new("Policies", PolicyType.Identity),
            new("Policies/*", PolicyType.Identity)],
        ["AWS::Serverless::StateMachine"] = [new("Policies", PolicyType.Identity), new("Policies/*", PolicyType.Identity)],
        ["AWS::Organizations::Policy"] = [new("Content", PolicyType.ServiceControlPolicy)],
        ["AWS::EC2::VPCEndpoint"] = [new("PolicyDocument", PolicyType.VpcEndpoint)],
        ["AWS::RolesAnywhere::Profile"] = [new("SessionPolicy", PolicyType.Session)],
        ["AWS::Transfer::User"] = [new("Policy", PolicyType.Session)],
        ["AWS::AIOps::InvestigationGroup"] = Resource("InvestigationGroupPolicy"),
        ["AWS::APS::ResourcePolicy"] = Resource("PolicyDocument"),
        ["AWS::ApiGateway::DomainNameV2"] = Resource("Policy"),
        ["AWS::Bedrock::KnowledgeBasePolicy"] = Resource("PolicyDocument"),
        ["AWS::Bedrock::ResourcePolicy"] = Resource("PolicyDocument"),
        ["AWS::BedrockAgentCore::ResourcePolicy"] = Resource("Policy"),
        ["AWS::CloudTrail::ResourcePolicy"] = Resource("ResourcePolicy"),
        ["AWS::Comprehend::DocumentClassifier"] = Resource("ModelPolicy"),
        ["AWS::Comprehend::EntityRecognizer"] = Resource("ModelPolicy"),
        ["AWS::DSQL::Cluster"] = Resource("PolicyDocument"),
        ["AWS::EKS::PodIdentityAssociation"] = [new("Policy", PolicyType.Session)],
        ["AWS::EventsV2::ResourcePolicy"] = Resource("PolicyDocument"),
        ["AWS::FSx::S3AccessPointAttachment"] = [new("S3AccessPoint/Policy", PolicyType.Resource, "AWS::S3::AccessPoint")],
        ["AWS::Lambda::ResourcePolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::Lambda::Function")],
        ["AWS::Logs::LogGroup"] = Resource("ResourcePolicyDocument"),
        ["AWS::MediaPackageV2::ChannelPolicy"] = Resource("Policy"),
        ["AWS::MediaPackageV2::OriginEndpointPolicy"] = Resource("Policy"),
        ["AWS::MediaTailor::ChannelPolicy"] = Resource("Policy"),
        ["AWS::ODB::OdbNetwork"] = [new("S3PolicyDocument", PolicyType.VpcEndpoint), new("KmsPolicyDocument", PolicyType.VpcEndpoint),
            new("StsPolicyDocument", PolicyType.VpcEndpoint)],
        ["AWS::OSIS::Pipeline"] = Resource("ResourcePolicy/Policy"),
        ["AWS::Oam::Sink"] = Resource("Policy"),
        ["AWS::Omics::SequenceStore"] = Resource("S3AccessPolicy"),
        ["AWS::PaymentCryptography::Key"] = Resource("Policy"),
        ["AWS::RUM::AppMonitor"] = Resource("ResourcePolicy/PolicyDocument"),
        ["AWS::S3Files::FileSystemPolicy"] = Resource("Policy"),
        ["AWS::SMSVOICE::ResourcePolicy"] = Resource("PolicyDocument"),
        ["AWS::ApiGateway::RestApi"] = Resource("Policy"),
        ["AWS::Serverless::Api"] = [new("Auth/ResourcePolicy/CustomStatements", PolicyType.Resource, "AWS::ApiGateway::RestApi") { IsStatements = true }],
        ["AWS::Backup::BackupVault"] = Resource("AccessPolicy"),
        ["AWS::Backup::LogicallyAirGappedBackupVault"] = Resource("AccessPolicy"),
        ["AWS::CodeArtifact::Domain"] = Resource("PermissionsPolicyDocument"),
        ["AWS::CodeArtifact::Repository"] = Resource("PermissionsPolicyDocument"),
        ["AWS::DynamoDB::Table"] = Resource("ResourcePolicy/PolicyDocument", "StreamSpecification/ResourcePolicy/PolicyDocument"),
        ["AWS::DynamoDB::GlobalTable"] = Resource("Replicas/*/ResourcePolicy/PolicyDocument",
            "Replicas/*/ReplicaStreamSpecification/ResourcePolicy/PolicyDocument"),
        ["AWS::ECR::PublicRepository"] = Resource("RepositoryPolicyText"),
        ["AWS::ECR::RegistryPolicy"] = Resource("PolicyText"),
        ["AWS::ECR::Repository"] = Resource("RepositoryPolicyText"),
        ["AWS::ECR::RepositoryCreationTemplate"] = Resource("RepositoryPolicy"),
        ["AWS::EFS::FileSystem"] = Resource("FileSystemPolicy"),
        ["AWS::Elasticsearch::Domain"] = Resource("AccessPolicies"),
        ["AWS::Events::EventBus"] = Resource("Policy"),
        ["AWS::Events::EventBusPolicy"] = [new("Statement", PolicyType.Resource, "AWS::Events::EventBus") { IsStatements = true }],
        ["AWS::EventSchemas::RegistryPolicy"] = Resource("Policy"),
        ["AWS::Kinesis::ResourcePolicy"] = [new("ResourcePolicy", PolicyType.Resource, "AWS::Kinesis::Stream")],
        ["AWS::KMS::Key"] = Resource("KeyPolicy"),
        ["AWS::KMS::ReplicaKey"] = [new("KeyPolicy", PolicyType.Resource, "AWS::KMS::Key")],
        ["AWS::Lex::ResourcePolicy"] = Resource("Policy"),
        ["AWS::Logs::Destination"] = Resource("DestinationPolicy"),
        ["AWS::Logs::DeliveryDestination"] = Resource("DeliveryDestinationPolicy/DeliveryDestinationPolicy"),
        ["AWS::Logs::ResourcePolicy"] = Resource("PolicyDocument"),
        ["AWS::MediaStore::Container"] = Resource("Policy"),
        ["AWS::MSK::ClusterPolicy"] = Resource("Policy"),
        ["AWS::OpenSearchService::Domain"] = Resource("AccessPolicies"),
        ["AWS::Organizations::ResourcePolicy"] = Resource("Content"),
        ["AWS::Redshift::Cluster"] = Resource("NamespaceResourcePolicy"),
        ["AWS::RedshiftServerless::Namespace"] = Resource("NamespaceResourcePolicy"),
        ["AWS::S3::AccessPoint"] = Resource("Policy"),
        ["AWS::S3::BucketPolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::S3::Bucket")],
        ["AWS::S3::MultiRegionAccessPointPolicy"] = Resource("Policy"),
        ["AWS::S3Express::AccessPoint"] = Resource("Policy"),
        ["AWS::S3Express::BucketPolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::S3Express::DirectoryBucket")],
        ["AWS::S3ObjectLambda::AccessPointPolicy"] = Resource("PolicyDocument"),
        ["AWS::S3Outposts::AccessPoint"] = Resource("Policy"),
        ["AWS::S3Outposts::BucketPolicy"] = Resource("PolicyDocument"),
        ["AWS::S3Tables::TableBucketPolicy"] = Resource("ResourcePolicy"),
        ["AWS::S3Tables::TablePolicy"] = Resource("ResourcePolicy"),
        ["AWS::S3Vectors::VectorBucketPolicy"] = Resource("Policy"),
        ["AWS::SageMaker::ModelPackageGroup"] = Resource("ModelPackageGroupPolicy"),
        ["AWS::SecretsManager::ResourcePolicy"] = [new("ResourcePolicy", PolicyType.Resource, "AWS::SecretsManager::Secret")],
        ["AWS::SNS::TopicInlinePolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::SNS::Topic")],
        ["AWS::SNS::TopicPolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::SNS::Topic")],
        ["AWS::SQS::QueueInlinePolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::SQS::Queue")],
        ["AWS::SQS::QueuePolicy"] = [new("PolicyDocument", PolicyType.Resource, "AWS::SQS::Queue")],
        ["AWS::SSM::ResourcePolicy"] = Resource("Policy"),
        ["AWS::VpcLattice::AuthPolicy"] = Resource("Policy"),
        ["AWS::VpcLattice::ResourcePolicy"] = Resource("Policy"),
        ["AWS::XRay::ResourcePolicy"] = Resource("PolicyDocument"),
    };

    static CloudFormationTypes()
    {
        // A policy of a type's own resource is about that type.
        foreach (KeyValuePair<string, CloudFormationPlace[]> entry in Places)
        {
            for (int i = 0; i < entry.Value.Length; i++)
            {
                if (entry.Value[i] is { Type: PolicyType.Resource, ResourceType: null } place)
                {
                    entry.Value[i] = place with { ResourceType = entry.Key };
                }
            }
        }
    }

    /// <summary>The types that take a policy.</summary>
    public static IEnumerable<string> All => Places.Keys;

    /// <summary>Where resources of a type have policies; none for a type that takes none.</summary>
    public static IReadOnlyList<CloudFormationPlace> Of(string type) => Places.TryGetValue(type, out CloudFormationPlace[]? places) ? places : [];

    private static CloudFormationPlace[] Identity(string path) => [new(path, PolicyType.Identity)];

    private static CloudFormationPlace[] Resource(params string[] paths) => [.. paths.Select(path => new CloudFormationPlace(path, PolicyType.Resource))];
}
