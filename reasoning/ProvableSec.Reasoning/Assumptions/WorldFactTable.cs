using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The facts that proofs may rest on, each with its source: what <see cref="WorldModel"/>, <see cref="CallerKeys"/>, <see cref="SameValueKeys"/>,
/// <see cref="NameShapes"/>,
/// <see cref="OrganizationPaths"/>, <see cref="CatalogueKeys"/>, <see cref="CatalogueResources"/> and the translators assert, in words. docs/world-model.md is
/// made from it.
/// </summary>
internal static class WorldFactTable
{
    /// <summary>Where a fact holds in every world, so that no assumption switches it off.</summary>
    public const string Always = "always";

    private const string Keys = "IAM User Guide, \"AWS global condition context keys\"",
        Principals = "IAM User Guide, \"IAM policy elements: Variables and tags\", table of principal key values",
        Arns = "AWS General Reference, \"Amazon Resource Names (ARNs)\"",
        Logic = "IAM User Guide, \"Policy evaluation logic\"",
        Reference = "Service Authorization Reference";

    /// <summary>All facts, by assumption in the order of <see cref="WorldModel.All"/>, what holds always first.</summary>
    public static ImmutableArray<WorldFactRow> Rows { get; } = ImmutableArray.Create(
        Row("caller-kind", Always,
            "Whoever asks is an IAM user, a role session, a root user, a federated user, an AWS service, a web identity or SAML subject, or anonymous; the "
                + "ARN of the first four holds an account of twelve digits, and no name in it is empty.", "IAM User Guide, \"IAM identifiers\""),
        Row("holders", Always,
            "With the identityPolicies of a stack a caller that the question leaves free is a user or role session, of the stack's account if it gives one, "
                + "and with a lone identity, boundary or session policy too it is never a service-linked role.",
                "IAM User Guide, \"Using service-linked roles\""),
        Row("other-callers-policies", Always,
            "Without identityPolicies the caller's own policies are not known: they may allow what a given resource policy grants it, or anything where none "
                + "is given and where two stacks are compared.", Logic + ", \"Cross-account policy evaluation logic\""),
        Row("root-own-account", Always, "A root user may do in its own account what nothing denies, but where a resource policy has to allow.", Logic),
        Row("partition-wall", Always, "Nothing is allowed where the ARNs of caller and resource name two partitions.",
            "IAM User Guide, \"Cross-account policy evaluation logic\""),
        Row("aws-managed-policies", Always,
            "In a stack no caller with an account, but a service-linked role, creates, changes, tags or deletes a policy arn:PARTITION:iam::aws:policy/….",
            "IAM User Guide, \"Managed policies and inline policies\""),
        Row("service-linked-roles", Always,
            "In a stack no such caller changes or deletes a role below role/aws-service-role/ by iam:DeleteRole or the actions that change permissions, "
                + "boundary or trust policy.", "IAM User Guide, \"Using service-linked roles\""),
        Row("reserved-roles", Always, "In a stack no such caller changes a role below role/aws-reserved/, its description included.",
            "IAM Identity Center User Guide, \"Permission sets\""),
        Row("reserved-aliases", Always, "In a stack no such caller creates, moves or deletes a key alias below alias/aws/.",
            "AWS KMS Developer Guide, \"Aliases in AWS KMS\""),
        Row("root-assumes-no-role", Always, "In a stack no root user calls sts:AssumeRole.", "STS API Reference, AssumeRole"),
        Row("federated-user-calls", Always, "In a stack no federated user calls IAM, or of STS anything but GetCallerIdentity.",
            "STS API Reference, GetFederationToken"),
        Row("provider-calls", Always,
            "In a stack a web identity calls only sts:AssumeRoleWithWebIdentity and a SAML subject only sts:AssumeRoleWithSAML, each with sts:TagSession and "
                + "sts:SetSourceIdentity.", "STS API Reference, AssumeRoleWithWebIdentity and AssumeRoleWithSAML"),
        Row("rcp-full-access", Always, "RCPFullAWSAccess is attached at every level, so that of resource control policies only the Deny statements matter.",
            "AWS Organizations User Guide, \"Resource control policies\""),
        Row("single-values", Always,
            "A condition key that the service data call single-valued has at most one value; one that they do not know may have several where a set operator "
                + "of the question is used on it.", "IAM User Guide, \"Single-valued vs. multivalued context keys\"; " + Reference),
        Row("variable-values", Always, "What a policy variable is replaced by is never a pattern.", "none: AWS is silent"),
        Row("principal-arn", AssumptionName.LinkedKeys,
            "aws:PrincipalArn is sent by every caller with an account, and is its ARN; for a role session that of the role, with its path.", Principals),
        Row("principal-account", AssumptionName.LinkedKeys,
            "aws:PrincipalAccount is sent by every caller with an account, and is that account; web identities and SAML subjects do not send it.", Keys),
        Row("principal-type", AssumptionName.LinkedKeys,
            "aws:PrincipalType is sent by every caller with an account: User, AssumedRole, Account (root) or FederatedUser; for anonymous callers it is "
                + "Anonymous.", Principals),
        Row("user-name", AssumptionName.LinkedKeys, "aws:username is sent by IAM users only, and is what follows the last slash of their ARN.", Principals),
        Row("user-id", AssumptionName.LinkedKeys,
            "aws:userid is sent by every caller with an account: the account of a root user, ACCOUNT:NAME of a federated user, AIDA… of a user, AROA…:SESSION "
                + "of a role session, where SESSION is the session's name, and the rest of these two ids is capital letters and digits.",
                Principals + "; \"IAM identifiers\", unique ID prefixes"),
        Row("anonymous-keys", AssumptionName.LinkedKeys, "aws:PrincipalAccount and aws:userid of anonymous callers are \"anonymous\".", Principals),
        Row("principal-is-service", AssumptionName.LinkedKeys, "aws:PrincipalIsAWSService is false for callers with an account and true for AWS services.",
            Keys),
        Row("service-name", AssumptionName.LinkedKeys,
            "aws:PrincipalServiceName is sent by AWS services only, always, and is the service; aws:PrincipalServiceNamesList is sent by AWS services only.",
            Keys),
        Row("source-of-service-calls", AssumptionName.LinkedKeys,
            "aws:SourceArn, aws:SourceAccount, aws:SourceOrgID and aws:SourceOrgPaths are sent by AWS services only, where outsiders are asked about also by "
                + "services that act for them.", Keys),
        Row("source-owner", AssumptionName.LinkedKeys, "aws:SourceOwner is sent by AWS services and by callers of the resource's own account only.",
            "Amazon SNS Developer Guide, default topic policy"),
        Row("unsigned-requests", AssumptionName.LinkedKeys,
            "Anonymous callers, web identities and SAML subjects send none of aws:PrincipalArn, PrincipalIsAWSService, PrincipalOrgID, PrincipalOrgPaths, "
                + "PrincipalTag/…, TokenIssueTime, MultiFactorAuthPresent, MultiFactorAuthAge and CalledVia….", Keys),
        Row("token-issue-time", AssumptionName.LinkedKeys,
            "aws:TokenIssueTime is sent by role sessions and federated users; users may or may not send it, and is not after aws:CurrentTime.", Keys),
        Row("mfa-age", AssumptionName.LinkedKeys,
            "Where aws:MultiFactorAuthAge is sent, aws:MultiFactorAuthPresent is true; whether callers with an account send either is left open.", Keys),
        Row("called-via", AssumptionName.LinkedKeys,
            "aws:CalledVia, CalledViaFirst and CalledViaLast are sent for callers with an account only, and aws:ViaAWSService is then true.", Keys),
        Row("organization-keys", AssumptionName.LinkedKeys,
            "aws:PrincipalOrgID and aws:PrincipalOrgPaths are sent together, or neither is, and for callers with an account only; each path begins with the "
                + "id. aws:ResourceOrgPaths likewise begin with aws:ResourceOrgID.", Keys),
        Row("organization-members", AssumptionName.LinkedKeys,
            "Where the organization is given, callers of its accounts, the management account included, have its id, and those of listed accounts are on "
                + "their account's path; where its accounts are listed, nobody else has its id or a path of it.", Keys),
        Row("organization-resources", AssumptionName.LinkedKeys,
            "Where the organization is given, resources of its accounts (the first 64) have its id and their account's path, those of the management account "
                + "some path of it; where at most 64 accounts are listed, no resources of others have either.", Keys),
        Row("resource-account", AssumptionName.LinkedKeys,
            "aws:ResourceAccount is sent with all actions but those that its page excepts, has twelve digits, and is the account that owns the resource; with "
                + "ec2:CreateVolume, on which AWS's pages disagree, it may be sent or not; aws:ResourceOrgID and aws:ResourceOrgPaths are not sent with those "
                + "either.", Keys + ", note on aws:ResourceAccount"),
        Row("owner", AssumptionName.LinkedKeys,
            "A resource whose ARN holds an account belongs to it, a resource of * to the caller's account, and every resource to request.resourceAccount "
                + "where the question gives that.", Arns),
        Row("account-partition", AssumptionName.LinkedKeys,
            "An account lies in one partition, which is the one of its ARNs in the question's policies, and no request crosses partitions.", Arns),
        Row("tag-keys", AssumptionName.LinkedKeys, "Where aws:RequestTag/K is sent, K is among aws:TagKeys.", Keys),
        Row("always-sent", AssumptionName.LinkedKeys,
            "aws:SecureTransport, aws:CurrentTime, aws:EpochTime, aws:RequestedRegion, aws:UserAgent and aws:ViaAWSService are always sent.", Keys),
        Row("source-ip", AssumptionName.LinkedKeys,
            "But by AWS services and with aws:ViaAWSService, aws:SourceIp is not sent with aws:SourceVpc, aws:SourceVpce or aws:VpcSourceIp, nor where the "
                + "stack has endpoint policies; it is sent with every other request, but by these.", Keys),
        Row("endpoint-keys", AssumptionName.LinkedKeys,
            "aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp are sent together or not at all, and together where the stack has endpoint policies, but in "
                + "calls of AWS services and those with aws:ViaAWSService; so they are with aws:SourceVpcArn, VpceAccount, VpceOrgID and VpceOrgPaths, and "
                + "aws:SourceIp is not.", Keys),
        Row("same-values", AssumptionName.LinkedKeys,
            "Two names of one value are sent together and equal: s3:ResourceAccount and aws:ResourceAccount (s3), kms:CallerAccount and aws:PrincipalAccount "
                + "(kms), SERVICE:ResourceTag/K and aws:ResourceTag/K (that service); with other actions the service's own name is not sent without the "
                + "global one; aws:CurrentTime and aws:EpochTime are one moment.", Keys + "; " + Reference + ", Amazon S3, AWS KMS, Amazon EC2"),
        Row("reserved-alone", AssumptionName.LinkedKeys,
            "What AWS refuses callers of a kind in a stack (see Always) is not asked for where a document stands alone either, and what belongs to AWS is "
                + "changed by AWS only, never by callers without an account.", "the pages of those rows"),
        Row("fixed-variables", AssumptionName.LinkedKeys,
            "Where the question fixes the account or the user who asks, ${aws:PrincipalAccount}, ${aws:username} and ${aws:PrincipalArn} are replaced by what "
                + "follows from it.", Principals),
        Row("action-form", AssumptionName.Shapes, "An action is two names with one colon between them.",
            "IAM User Guide, \"IAM JSON policy elements: Action\""),
        Row("resource-form", AssumptionName.Shapes,
            "A resource is * or an ARN of six fields, of which partition, service and the sixth are not empty and the account is empty, twelve digits or "
                + "\"aws\".", Arns),
        Row("partitions", AssumptionName.Shapes,
            "The partition of a caller or resource is aws, aws-cn, aws-us-gov, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f or aws-eusc.", Arns),
        Row("typed-values", AssumptionName.Shapes,
            "The values of keys that AWS types as number, date, address or Boolean parse as such, and those of keys typed as ARN are ARNs of the caller's, "
                + "the resource's and each other's partition.", Reference + ", condition key types"),
        Row("account-values", AssumptionName.Shapes,
            "aws:SourceOwner, aws:SourceAccount, aws:VpceAccount, s3:DataAccessPointAccount and aws:PrincipalAccount hold twelve digits; the last is "
                + "\"anonymous\" for anonymous callers.", Keys + "; " + Reference + ", Amazon S3"),
        Row("names", AssumptionName.Shapes,
            "ARNs of callers are printable ASCII and hold no Region; names of users, roles and sessions hold letters, digits and _+=,.@- only.",
            "IAM User Guide, \"IAM and AWS STS quotas\", name requirements"),
        Row("hosts", AssumptionName.Shapes,
            "AWS services and identity providers are named as hosts are, with a dot inside and services in letters, digits, dots and hyphens only, or "
                + "providers by an ARN.", "IAM User Guide, \"AWS JSON policy elements: Principal\""),
        Row("resource-types", AssumptionName.Catalogue,
            "An action for which the data list types of resource is asked on a resource of one of them; region and account of the ARN may be empty, and a "
                + "name that something follows in the format holds no colon.", Reference),
        Row("aws-owned-resources", AssumptionName.Catalogue,
            "Beside these it is asked on what belongs to AWS: public parameters and documents (ssm), transforms (cloudformation), platforms and solution "
                + "stacks (elasticbeanstalk), foundation models (bedrock), images and snapshots (ec2).",
                "Systems Manager, CloudFormation, Elastic Beanstalk and Amazon Bedrock guides; " + Reference + ", Amazon EC2"),
        Row("actions-without-types", AssumptionName.Catalogue,
            "An action without types of resource is asked on *, or on an ARN of its service (of Systems Manager for ssmmessages and ec2messages) in the "
                + "caller's own account.", "error messages of AWS for ListRoles, DescribeLogGroups, ListTables and others"),
        Row("describe-on-star", AssumptionName.Catalogue, "ec2:Describe… actions without types of resource are asked on * only.",
            "Amazon EC2 User Guide, resource-level permissions"),
        Row("service-keys", AssumptionName.Catalogue,
            "A key of the action's own service is not sent with it where the data list the key for other actions of the service, fewer than 80 % of them, and "
                + "not for this one.", Reference),
        Row("service-keys-excepted", AssumptionName.Catalogue,
            "This is never said of the service's ResourceTag/…, of kms:EncryptionContext…, of iot keys, or of ec2:RoleDelivery, ec2:SourceInstanceArn, "
                + "ec2:Region, glue:RoleAssumedBy, glue:CredentialIssuingService, codebuild:BuildArn, codebuild:ProjectArn, lambda:SourceFunctionArn, "
                + "ssm:SourceInstanceArn, identitystore:UserId, credentials-iot:ThingName, ThingTypeName and AwsCertificateId, ses:ApiVersion, "
                + "secretsmanager:SecretId, aws-marketplace:ProductId.", Keys + "; " + Reference),
        Row("unknown-actions", AssumptionName.Catalogue,
            "Of an action that the data do not know nothing is said: it is possible, on any resource and with any key.", Reference),
        Row("no-direct-grant", AssumptionName.NoDirectGrants,
            "The resource policy that a stack does not give allows no caller by itself what the caller's own account does not allow too.",
            Logic + ", \"Policy evaluation within a single account\""),
        Row("no-obstacle", AssumptionName.NoResourceObstacle,
            "The resource policy that a stack does not give denies nothing to callers of the resource's own account, but for KMS keys, the trust of roles and "
                + "VPC Lattice, whose policy has to allow.",
                Logic + ", \"Policy evaluation within a single account\"; AWS KMS Developer Guide, \"Key policies\"; Amazon VPC Lattice User Guide, \"Auth "
                    + "policies\""),
        Row("not-before", AssumptionName.AsOf, "aws:CurrentTime and aws:EpochTime are not before the as-of date.",
            "the date of the service data (AWS Service Authorization Reference), or the one that --as-of gives"),
        Row("scp-beside-full-access", AssumptionName.FullAccessAttached, "A lone service control policy of Deny statements only stands beside FullAWSAccess.",
            "AWS Organizations User Guide, \"SCP evaluation\""),
        Row("scp-alone-on-its-level", AssumptionName.FullAccessDetached,
            "A lone service control policy with an Allow is the only policy of its level: FullAWSAccess is detached.",
            "AWS Organizations User Guide, \"SCP evaluation\", allow list strategy"));

    /// <summary>A fact that was last held against its source on the day when all were.</summary>
    private static WorldFactRow Row(string name, string assumption, string says, string source) => new(name, assumption, says, source, "2026-11-30");
}
