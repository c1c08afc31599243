



namespace ProvableSec.Rules;

/// <summary>The page, of AWS where AWS has one, that a rule rests on.</summary>
/// <param name="Title">What the page is called.</param>
/// <param name="Url">Where it is.</param>
internal sealed record RuleReference(string Title, string Url)
{
    private const string Iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

    private static readonly RuleReference PolicyChecks = InIam("IAM Access Analyzer policy check reference", "access-analyzer-reference-policy-checks");
    private static readonly RuleReference AccessKeys = InIam("Manage access keys for IAM users", "id_credentials_access-keys");
    private static readonly RuleReference BestPractices = InIam("Security best practices in IAM", "best-practices");
    private static readonly RuleReference RootUser = InIam("Root user best practices for your AWS account", "root-user-best-practices");
    private static readonly RuleReference AccessLevels = InIam("Access levels in policy summaries",
        "access_policies_understand-policy-summary-access-level-summaries");
    private static readonly RuleReference HardCodedSecrets = new("Move hardcoded secrets to AWS Secrets Manager",
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html");

    /// <summary>The page that a rule rests on.</summary>
    public static RuleReference Of(Rule rule) => rule.Id switch
    {
        _ when rule.AccessAnalyzer is not null => PolicyChecks,
        "PSEC1001" => InIam("Secure access keys", "securing_access-keys"),
        "PSEC1002" => InIam("IAM identifiers", "reference_identifiers"),
        "PSEC1003" or "PSEC1004" or "PSEC2204" => AccessKeys,
        "PSEC1005" => InIam("Use temporary credentials with AWS resources", "id_credentials_temp_use-resources"),
        "PSEC1006" => new("Download and upload objects with presigned URLs", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html"),
        "PSEC1007" => new("Amazon Bedrock API keys", "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html"),
        "PSEC1008" => new("Obtaining Amazon SES SMTP credentials", "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html"),
        "PSEC1009" => new("Amazon EC2 key pairs and Amazon EC2 instances", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html"),
        "PSEC1010" or "PSEC1016" => HardCodedSecrets,
        "PSEC1011" => new("Change a user's password with CloudHSM CLI",
            "https://docs.aws.amazon.com/cloudhsm/latest/userguide/cloudhsm_cli-user-change-password.html"),
        "PSEC1012" or "PSEC2201" or "PSEC2202" => RootUser,
        "PSEC1013" or "PSEC2002" => BestPractices,
        "PSEC1014" => new("AWS STS Regional endpoints", "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html"),
        "PSEC1015" => new("AWS STS API Reference, AssumeRole", "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"),
        "PSEC1017" => new("AWS CodeArtifact authentication and tokens", "https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html"),
        "PSEC1018" => new("Security best practices for CloudFormation",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html"),
        "PSEC1019" or "PSEC1020" => HardCodedSecrets,
        "PSEC1021" => new("Creating SecureString parameters in Parameter Store",
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html"),
        "PSEC2001" => new("Blocking public access to your Amazon S3 storage, \"The meaning of public\"",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"),
        "PSEC2003" => new("The privilege escalation paths of pathfinding.cloud", "https://pathfinding.cloud/"),
        "PSEC2004" => new("Enable or disable AWS Regions in your account", "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"),
        "PSEC2005" => InIam("IAM JSON policy elements: NotAction", "reference_policies_elements_notaction"),
        "PSEC2006" => InIam("IAM JSON policy elements: NotResource", "reference_policies_elements_notresource"),
        "PSEC2007" or "PSEC2008" => AccessLevels,
        "PSEC2009" => InIam("AWS: Denies access to AWS based on the source IP", "reference_policies_examples_aws_deny-ip"),
        "PSEC2010" => InIam("Refine permissions in AWS using last accessed information", "access_policies_last-accessed"),
        "PSEC2011" => InIam("The difference between explicit and implicit denies", "reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay"),
        "PSEC2012" or "PSEC2013" => new("Identity-based policies for AWS Secrets Manager",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html"),
        "PSEC2203" => InIam("AWS multi-factor authentication in IAM", "id_credentials_mfa"),
        "PSEC2205" => InIam("Find unused AWS credentials", "id_credentials_finding-unused"),
        "PSEC2206" => AccessKeys,
        "PSEC2207" or "PSEC2208" or "PSEC2209" => BestPractices,
        "PSEC2301" or "PSEC2302" => new("CloudFormation template Parameters syntax, NoEcho",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"),
        "PSEC2303" or "PSEC2304" => new("Rotate AWS Secrets Manager secrets",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"),
        "PSEC2311" or "PSEC2312" or "PSEC2313" => new("Bootstrap the AWS CloudHSM Client SDK",
            "https://docs.aws.amazon.com/cloudhsm/latest/userguide/cluster-connect.html"),
        "PSEC3401" => InIam("Policy evaluation logic", "reference_policies_evaluation-logic"),
        "PSEC3402" => new("Service Authorization Reference, actions, resources, and condition keys for AWS services",
            "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"),
        "PSEC3403" => InIam("AWS global condition context keys", "reference_policies_condition-keys"),
        "PSEC3404" => InIam("Secure API access with MFA", "id_credentials_mfa_configure-api-require"),
        "PSEC3405" => InIam("AWS: Allows access based on date and time", "reference_policies_examples_aws-dates"),
        "PSEC3406" => new("View AWS account identifiers", "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html"),
        "PSEC3407" => InIam("IAM and AWS STS quotas", "reference_iam-quotas"),
        _ => throw new ArgumentException($"{rule.Id} rests on no page.", nameof(rule)),
    };

    private static RuleReference InIam(string title, string page) => new("IAM User Guide, " + title, $"{Iam}{page}.html");
}
