using System.Text.RegularExpressions;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// What <c>Ref</c> and <c>Fn::GetAtt</c> give of a resource of the same template, in shape (AWS CloudFormation Template Reference, "Return values" of each
/// type): <c>~</c> is what only the deployment knows, <c>{Name}</c> a property where it is written down.
/// </summary>
internal static class TemplateReferences
{
    private static readonly Regex Property = new(@"\{(?<name>\w+)(=(?<otherwise>[^}]*))?\}", RegexOptions.CultureInvariant);

    private static readonly Dictionary<(string Type, string Attribute), string> Shapes = new()
    {
        [("AWS::ApiGateway::RestApi", "RestApiId")] = "~",
        [("AWS::Backup::BackupVault", "BackupVaultArn")] = "arn:~:backup:~:~:backup-vault:{BackupVaultName}",
        [("AWS::CertificateManager::Certificate", "Ref")] = "arn:~:acm:~:~:certificate/~",
        [("AWS::CodeBuild::Project", "Arn")] = "arn:~:codebuild:~:~:project/{Name}",
        [("AWS::CodeCommit::Repository", "Arn")] = "arn:~:codecommit:~:~:{RepositoryName}",
        [("AWS::Cognito::UserPool", "Arn")] = "arn:~:cognito-idp:~:~:userpool/~",
        [("AWS::DynamoDB::Table", "Arn")] = "arn:~:dynamodb:~:~:table/{TableName}",
        [("AWS::DynamoDB::Table", "Ref")] = "{TableName}",
        [("AWS::DynamoDB::Table", "StreamArn")] = "arn:~:dynamodb:~:~:table/{TableName}/stream/~",
        [("AWS::DynamoDB::GlobalTable", "Arn")] = "arn:~:dynamodb:~:~:table/{TableName}",
        [("AWS::DynamoDB::GlobalTable", "Ref")] = "{TableName}",
        [("AWS::DynamoDB::GlobalTable", "StreamArn")] = "arn:~:dynamodb:~:~:table/{TableName}/stream/~",
        [("AWS::EC2::VPC", "Ref")] = "vpc-~",
        [("AWS::EC2::VPCEndpoint", "Ref")] = "vpce-~",
        [("AWS::ECR::Repository", "Arn")] = "arn:~:ecr:~:~:repository/{RepositoryName}",
        [("AWS::ECR::Repository", "Ref")] = "{RepositoryName}",
        [("AWS::ECS::Cluster", "Arn")] = "arn:~:ecs:~:~:cluster/{ClusterName}",
        [("AWS::ECS::Cluster", "Ref")] = "{ClusterName}",
        [("AWS::ECS::TaskDefinition", "Ref")] = "arn:~:ecs:~:~:task-definition/{Family}:~",
        [("AWS::EFS::AccessPoint", "Arn")] = "arn:~:elasticfilesystem:~:~:access-point/~",
        [("AWS::EFS::FileSystem", "Arn")] = "arn:~:elasticfilesystem:~:~:file-system/~",
        [("AWS::ElasticLoadBalancingV2::LoadBalancer", "Ref")] = "arn:~:elasticloadbalancing:~:~:loadbalancer/~",
        [("AWS::ElasticLoadBalancingV2::TargetGroup", "Ref")] = "arn:~:elasticloadbalancing:~:~:targetgroup/~",
        [("AWS::Elasticsearch::Domain", "Arn")] = "arn:~:es:~:~:domain/{DomainName}",
        [("AWS::Elasticsearch::Domain", "DomainArn")] = "arn:~:es:~:~:domain/{DomainName}",
        [("AWS::Events::EventBus", "Arn")] = "arn:~:events:~:~:event-bus/{Name}",
        [("AWS::Events::EventBus", "Ref")] = "{Name}",
        [("AWS::Events::Rule", "Arn")] = "arn:~:events:~:~:rule/~",
        [("AWS::IAM::Group", "Arn")] = "arn:~:iam::~:group{Path=/}{GroupName}",
        [("AWS::IAM::Group", "Ref")] = "{GroupName}",
        [("AWS::IAM::InstanceProfile", "Arn")] = "arn:~:iam::~:instance-profile{Path=/}{InstanceProfileName}",
        [("AWS::IAM::ManagedPolicy", "PolicyArn")] = "arn:~:iam::~:policy{Path=/}{ManagedPolicyName}",
        [("AWS::IAM::ManagedPolicy", "Ref")] = "arn:~:iam::~:policy{Path=/}{ManagedPolicyName}",
        [("AWS::IAM::OIDCProvider", "Arn")] = "arn:~:iam::~:oidc-provider/~",
        [("AWS::IAM::OIDCProvider", "Ref")] = "arn:~:iam::~:oidc-provider/~",
        [("AWS::IAM::Role", "Arn")] = "arn:~:iam::~:role{Path=/}{RoleName}",
        [("AWS::IAM::Role", "Ref")] = "{RoleName}",
        [("AWS::IAM::SAMLProvider", "Arn")] = "arn:~:iam::~:saml-provider/{Name}",
        [("AWS::IAM::SAMLProvider", "Ref")] = "arn:~:iam::~:saml-provider/{Name}",
        [("AWS::IAM::User", "Arn")] = "arn:~:iam::~:user{Path=/}{UserName}",
        [("AWS::IAM::User", "Ref")] = "{UserName}",
        [("AWS::KMS::Key", "Arn")] = "arn:~:kms:~:~:key/~",
        [("AWS::KMS::ReplicaKey", "Arn")] = "arn:~:kms:~:~:key/~",
        [("AWS::Kinesis::Stream", "Arn")] = "arn:~:kinesis:~:~:stream/{Name}",
        [("AWS::Kinesis::Stream", "Ref")] = "{Name}",
        [("AWS::KinesisFirehose::DeliveryStream", "Arn")] = "arn:~:firehose:~:~:deliverystream/{DeliveryStreamName}",
        [("AWS::KinesisFirehose::DeliveryStream", "Ref")] = "{DeliveryStreamName}",
        [("AWS::Lambda::Alias", "Ref")] = "arn:~:lambda:~:~:function:~:{Name}",
        [("AWS::Lambda::Function", "Arn")] = "arn:~:lambda:~:~:function:{FunctionName}",
        [("AWS::Lambda::Function", "Ref")] = "{FunctionName}",
        [("AWS::Lambda::LayerVersion", "Ref")] = "arn:~:lambda:~:~:layer:{LayerName}:~",
        [("AWS::Lambda::Version", "Ref")] = "arn:~:lambda:~:~:function:~:~",
        [("AWS::Logs::LogGroup", "Arn")] = "arn:~:logs:~:~:log-group:{LogGroupName}:*",
        [("AWS::Logs::LogGroup", "Ref")] = "{LogGroupName}",
        [("AWS::OpenSearchService::Domain", "Arn")] = "arn:~:es:~:~:domain/{DomainName}",
        [("AWS::OpenSearchService::Domain", "DomainArn")] = "arn:~:es:~:~:domain/{DomainName}",
        [("AWS::RDS::DBCluster", "DBClusterArn")] = "arn:~:rds:~:~:cluster:{DBClusterIdentifier}",
        [("AWS::RDS::DBInstance", "DBInstanceArn")] = "arn:~:rds:~:~:db:{DBInstanceIdentifier}",
        [("AWS::S3::AccessPoint", "Arn")] = "arn:~:s3:~:~:accesspoint/{Name}",
        [("AWS::S3::AccessPoint", "Ref")] = "{Name}",
        [("AWS::S3::Bucket", "Arn")] = "arn:~:s3:::{BucketName}",
        [("AWS::S3::Bucket", "Ref")] = "{BucketName}",
        [("AWS::SNS::Topic", "Ref")] = "arn:~:sns:~:~:{TopicName}",
        [("AWS::SNS::Topic", "TopicArn")] = "arn:~:sns:~:~:{TopicName}",
        [("AWS::SNS::Topic", "TopicName")] = "{TopicName}",
        [("AWS::SQS::Queue", "Arn")] = "arn:~:sqs:~:~:{QueueName}",
        [("AWS::SQS::Queue", "QueueName")] = "{QueueName}",
        [("AWS::SSM::Parameter", "Ref")] = "{Name}",
        [("AWS::SecretsManager::Secret", "Id")] = "arn:~:secretsmanager:~:~:secret:~",
        [("AWS::SecretsManager::Secret", "Ref")] = "arn:~:secretsmanager:~:~:secret:~",
        [("AWS::Serverless::Function", "Arn")] = "arn:~:lambda:~:~:function:{FunctionName}",
        [("AWS::Serverless::Function", "Ref")] = "{FunctionName}",
        [("AWS::Serverless::SimpleTable", "Arn")] = "arn:~:dynamodb:~:~:table/{TableName}",
        [("AWS::Serverless::SimpleTable", "Ref")] = "{TableName}",
        [("AWS::Serverless::StateMachine", "Arn")] = "arn:~:states:~:~:stateMachine:{Name}",
        [("AWS::Serverless::StateMachine", "Ref")] = "arn:~:states:~:~:stateMachine:{Name}",
        [("AWS::StepFunctions::Activity", "Arn")] = "arn:~:states:~:~:activity:{Name}",
        [("AWS::StepFunctions::Activity", "Ref")] = "arn:~:states:~:~:activity:{Name}",
        [("AWS::StepFunctions::StateMachine", "Arn")] = "arn:~:states:~:~:stateMachine:{StateMachineName}",
        [("AWS::StepFunctions::StateMachine", "Ref")] = "arn:~:states:~:~:stateMachine:{StateMachineName}",
    };

    /// <summary>What a reference gives of a resource of which nothing is known but its type; null where that has no shape.</summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="attribute">The attribute; <c>Ref</c> for the resource itself.</param>
    public static string? Of(string type, string attribute) => Shapes.TryGetValue((type, attribute), out string? shape)
        ? Property.Replace(shape, property => property.Groups["otherwise"] is { Success: true, Value: var otherwise } ? otherwise
            : UnknownOf(property.Groups["name"].Value)).Replace("~", TemplateFunctions.Unknown)
        : null;

    /// <summary>What a reference gives; unknown text for what is not known.</summary>
    /// <param name="template">The template.</param>
    /// <param name="resource">The logical id of the resource.</param>
    /// <param name="attribute">The attribute; <c>Ref</c> for the resource itself.</param>
    public static string Of(TemplateParts template, string resource, string attribute)
    {
        if (template.Given(attribute == "Ref" ? resource : $"{resource}.{attribute}") is { } given)
        {
            return given;
        }

        if (!Shapes.TryGetValue((template.TypeOf(resource), attribute), out string? shape))
        {
            return TemplateFunctions.Unknown;
        }

        shape = Shaped(template, shape);

        var text = new System.Text.StringBuilder();
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] != '{')
            {
                text.Append(shape[i]);
                continue;
            }

            int close = shape.IndexOf('}', i), otherwise = shape.IndexOf('=', i, close - i);
            string property = shape.Substring(i + 1, (otherwise < 0 ? close : otherwise) - i - 1);
            bool isGiven = template.Resources[resource].TryGetProperty("Properties", out ProvableSec.Policy.Json.JsonItem properties)
                && properties.TryGetProperty(property, out _);
            string value = otherwise >= 0 && !isGiven ? shape.Substring(otherwise + 1, close - otherwise - 1) : template.PropertyOf(resource, property);
            text.Append(value.Replace(TemplateFunctions.Unknown, UnknownOf(property)));
            i = close;
        }

        return text.Length > TemplateParts.LongestText ? TemplateFunctions.Unknown : text.ToString();
    }

    /// <summary>Behind a bucket's name there may be a key, so it matters that the name has none.</summary>
    private static string UnknownOf(string property) => property == "BucketName" ? Policies.UnknownText.Name.ToString() : TemplateFunctions.Unknown;

    /// <summary>A shape with unknown text for each <c>~</c>; partition, Region and account of an ARN where somebody gives those of the deployment.</summary>
    public static string Shaped(TemplateParts template, string shape)
    {
        string[] fields = shape.Split([':'], 6);
        for (int i = 0; i < fields.Length; i++)
        {
            string? pseudo = fields is not ["arn", _, _, _, _, _] ? null
                : i switch { 1 => "AWS::Partition", 3 => "AWS::Region", 4 => "AWS::AccountId", _ => null };
            fields[i] = fields[i] == "~" && pseudo is not null && template.Given(pseudo) is { } given ? given
                : fields[i].Replace("~", TemplateFunctions.Unknown);
        }

        return string.Join(":", fields);
    }
}
