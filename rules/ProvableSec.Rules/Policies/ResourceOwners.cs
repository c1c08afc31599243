namespace ProvableSec.Rules.Policies;

/// <summary>Which actions and ARNs the policy of a resource can be about, by the resource's CloudFormation type.</summary>
internal static class ResourceOwners
{
    private static readonly Dictionary<string, (string[] Actions, string[] Arns)> Known = new(StringComparer.Ordinal)
    {
        ["AWS::S3::Bucket"] = (["s3"], ["s3"]),
        ["AWS::S3::AccessPoint"] = (["s3"], ["s3"]),
        ["AWS::S3Express::DirectoryBucket"] = (["s3express"], ["s3express"]),
        ["AWS::SQS::Queue"] = (["sqs"], ["sqs"]),
        ["AWS::SNS::Topic"] = (["sns"], ["sns"]),
        ["AWS::KMS::Key"] = (["kms"], ["kms"]),
        ["AWS::SecretsManager::Secret"] = (["secretsmanager"], ["secretsmanager"]),
        ["AWS::Lambda::Function"] = (["lambda"], ["lambda"]),
        ["AWS::ECR::Repository"] = (["ecr"], ["ecr"]),
        ["AWS::EFS::FileSystem"] = (["elasticfilesystem"], ["elasticfilesystem"]),
        ["AWS::DynamoDB::Table"] = (["dynamodb"], ["dynamodb"]),
        ["AWS::Kinesis::Stream"] = (["kinesis"], ["kinesis"]),
        ["AWS::Backup::BackupVault"] = (["backup"], ["backup", "ec2", "rds", "dynamodb", "elasticfilesystem", "fsx", "storagegateway"]),
        ["AWS::ApiGateway::RestApi"] = (["execute-api"], ["execute-api"]),
        ["AWS::CodeArtifact::Domain"] = (["codeartifact"], ["codeartifact"]),
        ["AWS::CodeArtifact::Repository"] = (["codeartifact"], ["codeartifact"]),
        ["AWS::Events::EventBus"] = (["events"], ["events"]),
        ["AWS::Logs::ResourcePolicy"] = (["logs"], ["logs"]),
        ["AWS::OpenSearchService::Domain"] = (["es"], ["es"]),
        ["AWS::Elasticsearch::Domain"] = (["es"], ["es"]),
    };

    /// <summary>
    /// Types whose policies are about the resource that has them and need not name it (Amazon ECR User Guide, "Private repository policy examples"; Amazon ECR
    /// Public User Guide, "Repository policy examples"; Amazon EFS User Guide, "Resource-based policies").
    /// </summary>
    private static readonly string[] SpeakOfThemselves = ["AWS::ECR::Repository", "AWS::ECR::PublicRepository", "AWS::ECR::RepositoryCreationTemplate",
        "AWS::EFS::FileSystem"];

    /// <summary>Whether a statement about such a resource says which resource it is about.</summary>
    public static bool NeedsResource(string resourceType) => Array.IndexOf(SpeakOfThemselves, resourceType) < 0;

    /// <summary>The services whose actions it decides about; null for a type that is not known.</summary>
    public static string[]? ServicesOf(string resourceType) => Known.TryGetValue(resourceType, out (string[] Actions, string[] Arns) entry) ? entry.Actions
        : null;

    /// <summary>The service fields of the ARNs it can speak about.</summary>
    public static string[]? ArnServicesOf(string resourceType) => Known.TryGetValue(resourceType, out (string[] Actions, string[] Arns) entry) ? entry.Arns
        : null;
}
