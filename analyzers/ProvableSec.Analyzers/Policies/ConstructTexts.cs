using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// What properties of the CDK's constructs give, in shape: the ARN of a bucket is one of S3 without Region and account, whatever the bucket is called (AWS CDK
/// API
/// Reference, the page of each construct). Known by name.
/// </summary>
internal static class ConstructTexts
{
    private const string Cdk = "Amazon.CDK.AWS.";

    /// <summary>By namespace and property, of a construct or of an interface of one: the type of resource and its attribute in CloudFormation.</summary>
    private static readonly Dictionary<(string Space, string Property), (string Type, string Attribute)> Attributes = new()
    {
        [("Backup", "BackupVaultArn")] = ("AWS::Backup::BackupVault", "BackupVaultArn"),
        [("CertificateManager", "CertificateArn")] = ("AWS::CertificateManager::Certificate", "Ref"),
        [("CodeBuild", "ProjectArn")] = ("AWS::CodeBuild::Project", "Arn"),
        [("CodeCommit", "RepositoryArn")] = ("AWS::CodeCommit::Repository", "Arn"),
        [("Cognito", "UserPoolArn")] = ("AWS::Cognito::UserPool", "Arn"),
        [("DynamoDB", "TableArn")] = ("AWS::DynamoDB::Table", "Arn"),
        [("DynamoDB", "TableStreamArn")] = ("AWS::DynamoDB::Table", "StreamArn"),
        [("EC2", "VpcEndpointId")] = ("AWS::EC2::VPCEndpoint", "Ref"),
        [("EC2", "VpcId")] = ("AWS::EC2::VPC", "Ref"),
        [("ECR", "RepositoryArn")] = ("AWS::ECR::Repository", "Arn"),
        [("ECS", "ClusterArn")] = ("AWS::ECS::Cluster", "Arn"),
        [("ECS", "TaskDefinitionArn")] = ("AWS::ECS::TaskDefinition", "Ref"),
        [("EFS", "AccessPointArn")] = ("AWS::EFS::AccessPoint", "Arn"),
        [("EFS", "FileSystemArn")] = ("AWS::EFS::FileSystem", "Arn"),
        [("Events", "EventBusArn")] = ("AWS::Events::EventBus", "Arn"),
        [("Events", "RuleArn")] = ("AWS::Events::Rule", "Arn"),
        [("IAM", "GroupArn")] = ("AWS::IAM::Group", "Arn"),
        [("IAM", "ManagedPolicyArn")] = ("AWS::IAM::ManagedPolicy", "Ref"),
        [("IAM", "OpenIdConnectProviderArn")] = ("AWS::IAM::OIDCProvider", "Arn"),
        [("IAM", "RoleArn")] = ("AWS::IAM::Role", "Arn"),
        [("IAM", "SamlProviderArn")] = ("AWS::IAM::SAMLProvider", "Arn"),
        [("IAM", "UserArn")] = ("AWS::IAM::User", "Arn"),
        [("KMS", "KeyArn")] = ("AWS::KMS::Key", "Arn"),
        [("Kinesis", "StreamArn")] = ("AWS::Kinesis::Stream", "Arn"),
        [("KinesisFirehose", "DeliveryStreamArn")] = ("AWS::KinesisFirehose::DeliveryStream", "Arn"),
        [("Lambda", "FunctionArn")] = ("AWS::Lambda::Function", "Arn"),
        [("Lambda", "LayerVersionArn")] = ("AWS::Lambda::LayerVersion", "Ref"),
        [("Logs", "LogGroupArn")] = ("AWS::Logs::LogGroup", "Arn"),
        [("OpenSearchService", "DomainArn")] = ("AWS::OpenSearchService::Domain", "Arn"),
        [("S3", "BucketArn")] = ("AWS::S3::Bucket", "Arn"),
        [("S3", "BucketName")] = ("AWS::S3::Bucket", "Ref"),
        [("SNS", "TopicArn")] = ("AWS::SNS::Topic", "Ref"),
        [("SQS", "QueueArn")] = ("AWS::SQS::Queue", "Arn"),
        [("SecretsManager", "SecretArn")] = ("AWS::SecretsManager::Secret", "Ref"),
        [("StepFunctions", "ActivityArn")] = ("AWS::StepFunctions::Activity", "Arn"),
        [("StepFunctions", "StateMachineArn")] = ("AWS::StepFunctions::StateMachine", "Arn"),
    };

    /// <summary>The text, with unknown text for what only the deployment knows; null for another expression.</summary>
    /// <param name="value">The expression.</param>
    /// <param name="code">The text of its file.</param>
    public static string? Of(IOperation value, string code) => value switch
    {
        IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_String } property, Instance.Type: { } owner } =>
            OfProperty(property, owner),
        IInvocationOperation
        {
            TargetMethod: { Name: "ArnForObjects", ContainingType: { } type },
            Arguments: [{ Value: var pattern }]
        } when SpaceOf(type) == "S3"
            => $"{TemplateReferences.Of("AWS::S3::Bucket", "Arn")}/{CodeText.Of(pattern, code).Text}",
        _ => null,
    };

    private static string? OfProperty(IPropertySymbol property, ITypeSymbol owner)
    {
        if (!property.Name.EndsWith("Arn", StringComparison.Ordinal) && property.Name is not ("Ref" or "BucketName" or "VpcId" or "VpcEndpointId" or "AttrId")
            || SpaceOf(owner) is not { } space)
        {
            return null;
        }

        // A resource as CloudFormation has it: CfnBucket.AttrArn.
        const string First = "Cfn", Attribute = "Attr";
        return owner.Name.StartsWith(First, StringComparison.Ordinal)
            ? property.Name == "Ref" || property.Name.StartsWith(Attribute, StringComparison.Ordinal)
                ? TemplateReferences.Of($"AWS::{space}::{owner.Name.Substring(First.Length)}",
                    property.Name == "Ref" ? "Ref" : property.Name.Substring(Attribute.Length)) : null
            : Attributes.TryGetValue((space, property.Name), out (string Type, string Attribute) of) ? TemplateReferences.Of(of.Type, of.Attribute) : null;
    }

    private static string? SpaceOf(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is { } space
        && space.StartsWith(Cdk, StringComparison.Ordinal) ? space.Substring(Cdk.Length) : null;
}
