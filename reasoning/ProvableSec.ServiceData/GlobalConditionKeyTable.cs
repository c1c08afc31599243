using System.Collections.ObjectModel;

namespace ProvableSec.ServiceData;

/// <summary>
/// The condition keys that are not bound to one service, written by hand because the service authorization reference has
/// no list of them.
/// </summary>
/// <remarks>
/// Source: IAM User Guide, page "AWS global condition context keys", the lines "Data type" and "Value type" of each key
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, state of 2026), in the
/// page's order and grouping. The page writes <c>tag-key</c> where this writes <c>${TagKey}</c>.
/// </remarks>
internal static class GlobalConditionKeyTable
{
    private static readonly ConditionKeyInfo[] Keys =
    [
        // Properties of the principal
        Single("aws:PrincipalArn", ConditionKeyType.Arn),
        Single("aws:PrincipalAccount", ConditionKeyType.String),
        Multivalued("aws:PrincipalOrgPaths", ConditionKeyType.String),
        Single("aws:PrincipalOrgID", ConditionKeyType.String),
        Single("aws:PrincipalTag/${TagKey}", ConditionKeyType.String),
        Single("aws:PrincipalIsAWSService", ConditionKeyType.Bool),
        Single("aws:PrincipalServiceName", ConditionKeyType.String),
        Multivalued("aws:PrincipalServiceNamesList", ConditionKeyType.String),
        Single("aws:PrincipalType", ConditionKeyType.String),
        Single("aws:userid", ConditionKeyType.String),
        Single("aws:username", ConditionKeyType.String),

        // Properties of a role session
        Single("aws:AssumedRoot", ConditionKeyType.Bool),

        // An ARN if the identity provider is not built into AWS; the page calls the type String.
        Single("aws:FederatedProvider", ConditionKeyType.String),
        Single("aws:TokenIssueTime", ConditionKeyType.Date),
        Single("aws:SignInSessionArn", ConditionKeyType.Arn),
        Single("aws:MultiFactorAuthAge", ConditionKeyType.Numeric),
        Single("aws:MultiFactorAuthPresent", ConditionKeyType.Bool),
        Single("aws:ChatbotSourceArn", ConditionKeyType.Arn),
        Single("aws:Ec2InstanceSourceVpc", ConditionKeyType.String),
        Single("aws:Ec2InstanceSourcePrivateIPv4", ConditionKeyType.IpAddress),
        Single("aws:SourceIdentity", ConditionKeyType.String),
        Single("ec2:RoleDelivery", ConditionKeyType.Numeric),
        Single("ec2:SourceInstanceArn", ConditionKeyType.Arn),
        Single("glue:RoleAssumedBy", ConditionKeyType.String),
        Single("glue:CredentialIssuingService", ConditionKeyType.String),
        Single("codebuild:BuildArn", ConditionKeyType.Arn),
        Single("codebuild:ProjectArn", ConditionKeyType.Arn),
        Single("lambda:SourceFunctionArn", ConditionKeyType.Arn),
        Single("ssm:SourceInstanceArn", ConditionKeyType.Arn),
        Single("identitystore:UserId", ConditionKeyType.String),

        // Properties of the network
        Single("aws:SourceIp", ConditionKeyType.IpAddress),
        Single("aws:SourceVpc", ConditionKeyType.String),
        Single("aws:SourceVpcArn", ConditionKeyType.Arn),
        Single("aws:SourceVpce", ConditionKeyType.String),
        Single("aws:VpceAccount", ConditionKeyType.String),
        Single("aws:VpceOrgID", ConditionKeyType.String),
        Multivalued("aws:VpceOrgPaths", ConditionKeyType.String),
        Single("aws:VpcSourceIp", ConditionKeyType.IpAddress),

        // Properties of the resource
        Single("aws:ResourceAccount", ConditionKeyType.String),
        Multivalued("aws:ResourceOrgPaths", ConditionKeyType.String),
        Single("aws:ResourceOrgID", ConditionKeyType.String),
        Single("aws:ResourceTag/${TagKey}", ConditionKeyType.String),

        // Properties of the request
        Multivalued("aws:CalledVia", ConditionKeyType.String),
        Single("aws:CalledViaFirst", ConditionKeyType.String),
        Single("aws:CalledViaLast", ConditionKeyType.String),
        Single("aws:ViaAWSService", ConditionKeyType.Bool),
        Single("aws:CalledViaAWSMCP", ConditionKeyType.String),
        Single("aws:ViaAWSMCPService", ConditionKeyType.Bool),
        Single("aws:CurrentTime", ConditionKeyType.Date),

        // The page gives Date and Numeric: numeric operators may compare the key too.
        Single("aws:EpochTime", ConditionKeyType.Date),
        Single("aws:referer", ConditionKeyType.String),
        Single("aws:RequestedRegion", ConditionKeyType.String),
        Single("aws:RequestTag/${TagKey}", ConditionKeyType.String),
        Multivalued("aws:TagKeys", ConditionKeyType.String),
        Single("aws:SecureTransport", ConditionKeyType.Bool),
        Single("aws:SourceAccount", ConditionKeyType.String),
        Single("aws:SourceArn", ConditionKeyType.Arn),
        Single("aws:SourceOrgID", ConditionKeyType.String),
        Multivalued("aws:SourceOrgPaths", ConditionKeyType.String),
        Single("aws:UserAgent", ConditionKeyType.String),
        Single("aws:IsMcpServiceAction", ConditionKeyType.Bool),

        // Not on the page: the predecessor of aws:SourceAccount, which SNS still writes into the default policy of a new
        // topic (Amazon SNS Developer Guide, "Example cases for Amazon SNS access control").
        Single("aws:SourceOwner", ConditionKeyType.String),
    ];

    private static readonly Dictionary<string, ConditionKeyInfo> ByName =
        Keys.ToDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly KeyTemplates Templates = new(Keys);

    public static ReadOnlyCollection<ConditionKeyInfo> All { get; } = new(Keys);

    public static ConditionKeyInfo? Find(string key) =>
        ByName.TryGetValue(key, out ConditionKeyInfo known) ? known : Templates.Find(key);

    private static ConditionKeyInfo Single(string name, ConditionKeyType type) => new(name, type, IsMultivalued: false);

    private static ConditionKeyInfo Multivalued(string name, ConditionKeyType type) => new(name, type, IsMultivalued: true);
}
