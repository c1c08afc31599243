namespace ProvableSec.Rules;

/// <summary>The rules about credentials, <c>PSEC1xxx</c>.</summary>
public static class CredentialRules
{
    private const int HardCodedCredentials = 798;
    private const int HardCodedPassword = 259;
    private const int HardCodedKey = 321;
    private const int SensitiveInformationInSource = 540;

    /// <summary>An access key ID with the secret that belongs to it.</summary>
    public static Rule AccessKey { get; } = new(
        "PSEC1001",
        "Access key with its secret",
        RuleSeverity.Error,
        "Whoever reads this file can act as the user or session that the key belongs to.",
        "Deactivate the key in IAM first, then remove it here and let the SDK find credentials by itself: a role needs no key.",
        HardCodedCredentials)
    {
        Reference = RuleReference.InIam("Secure access keys", "securing_access-keys"),
    };

    /// <summary>An access key ID without a secret near it.</summary>
    public static Rule AccessKeyId { get; } = new(
        "PSEC1002",
        "Access key ID",
        RuleSeverity.Warning,
        "The ID alone grants nothing, but it identifies an account and a key, and the secret is often nearby.",
        "Check whether its secret is in the source too; then remove the ID and let the SDK find credentials by itself.",
        HardCodedCredentials)
    {
        Reference = RuleReference.InIam("IAM identifiers", "reference_identifiers"),
    };

    /// <summary>A secret access key in a place that is meant for one.</summary>
    public static Rule SecretAccessKey { get; } = new(
        "PSEC1003",
        "Secret access key",
        RuleSeverity.Error,
        "With its ID, which is not secret, the key lets anybody act as its user.",
        "Deactivate the key in IAM first, then remove it here and let the SDK find credentials by itself: a role needs no key.",
        HardCodedCredentials)
    {
        Reference = RuleReference.AccessKeys,
    };

    /// <summary>Text that looks like a secret access key, where nothing says that it is one.</summary>
    public static Rule PossibleSecretAccessKey { get; } = new(
        "PSEC1004",
        "Possible secret access key",
        RuleSeverity.Info,
        "Forty random characters of Base64 are what a secret access key looks like.",
        "If it is one, deactivate it and remove it; if not, add its fingerprint to the allow list.",
        HardCodedCredentials)
    {
        Reference = RuleReference.AccessKeys,
    };

    /// <summary>A session token of temporary credentials.</summary>
    public static Rule SessionToken { get; } = new(
        "PSEC1005",
        "Session token",
        RuleSeverity.Error,
        "Until it expires, which may take 36 hours, the token and its key let anybody act in the session.",
        "Revoke the role's sessions, then remove the token; the SDK fetches temporary credentials by itself.",
        HardCodedCredentials)
    {
        Reference = RuleReference.InIam("Use temporary credentials with AWS resources", "id_credentials_temp_use-resources"),
    };

    /// <summary>A URL that carries its own permission.</summary>
    public static Rule PresignedUrl { get; } = new(
        "PSEC1006",
        "Pre-signed URL",
        RuleSeverity.Warning,
        "Whoever has the URL has the access that its signer had, until it expires.",
        "Create the URL when it is needed; to revoke it before it expires, deactivate the key that signed it.",
        SensitiveInformationInSource)
    {
        Reference = new("Download and upload objects with presigned URLs", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html"),
    };

    /// <summary>A key of Amazon Bedrock.</summary>
    public static Rule BedrockApiKey { get; } = new(
        "PSEC1007",
        "Amazon Bedrock API key",
        RuleSeverity.Error,
        "The key lets anybody call models at the account's cost.",
        "Delete the service-specific credential in IAM first, then remove the key; a role can call Bedrock without one.",
        HardCodedCredentials)
    {
        Reference = new("Amazon Bedrock API keys", "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html"),
    };

    /// <summary>An SMTP password of Amazon SES.</summary>
    public static Rule SmtpPassword { get; } = new(
        "PSEC1008",
        "Amazon SES SMTP password",
        RuleSeverity.Error,
        "With its user name, the password lets anybody send mail in the account's name.",
        "Delete the IAM user's access key that it was made from, then remove the password; read it from Secrets Manager when it is needed.",
        HardCodedPassword)
    {
        Reference = new("Obtaining Amazon SES SMTP credentials", "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html"),
    };

    /// <summary>A private key in PEM form.</summary>
    public static Rule PrivateKey { get; } = new(
        "PSEC1009",
        "Private key",
        RuleSeverity.Error,
        "Whoever has the private key can sign in or decrypt as its owner.",
        "Replace the key pair first, then remove the key; keep it in Secrets Manager, ACM or KMS.",
        HardCodedKey)
    {
        Reference = new("Amazon EC2 key pairs and Amazon EC2 instances", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html"),
        Controls = ControlMapping.Secret with { Attack = ["T1552.004"] },
    };

    /// <summary>A password in a connection string to a database on AWS.</summary>
    public static Rule DatabasePassword { get; } = new(
        "PSEC1010",
        "Database password in a connection string",
        RuleSeverity.Error,
        "Whoever reads this file and reaches the host can read the database.",
        "Change the password first, then read the connection string from Secrets Manager and have it rotated every 30 days, or use IAM database "
            + "authentication.",
        HardCodedPassword)
    {
        Reference = RuleReference.HardCodedSecrets,
    };

    /// <summary>Credentials of a CloudHSM crypto user.</summary>
    public static Rule HsmPassword { get; } = new(
        "PSEC1011",
        "CloudHSM crypto user password",
        RuleSeverity.Error,
        "A crypto user can use every key it owns or shares in the cluster.",
        "Change the crypto user's password first, then pass it at run time from Secrets Manager, never as part of an image.",
        HardCodedPassword)
    {
        Reference = new("Change a user's password with CloudHSM CLI",
            "https://docs.aws.amazon.com/cloudhsm/latest/userguide/cloudhsm_cli-user-change-password.html"),
    };

    /// <summary>The access key of an account's root user.</summary>
    public static Rule RootAccessKey { get; } = new(
        "PSEC1012",
        "Access key of the root user",
        RuleSeverity.Error,
        "The root user can do everything in the account, and no policy of the account limits it.",
        "Delete the root user's access keys in the console now, then remove this file; root needs no access keys.",
        HardCodedCredentials)
    {
        Reference = RuleReference.RootUser,
        Controls = ControlMapping.Privileged with { KillChain = ControlMapping.Exploitation, NistCsf = "PR.AA-01" },
    };

    /// <summary>A token that a service of AWS gives and a tool keeps.</summary>
    public static Rule ServiceToken { get; } = new(
        "PSEC1017",
        "Token of an AWS service",
        RuleSeverity.Error,
        "Until it expires, after up to twelve hours, the token gives its holder access to packages, images or accounts.",
        "Remove the token and let the tool fetch one when it is needed; keep its file out of the repository and of images.",
        HardCodedCredentials)
    {
        Reference = new("AWS CodeArtifact authentication and tokens", "https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html"),
    };

    /// <summary>A password that AWS is to give to something.</summary>
    public static Rule LiteralPassword { get; } = new(
        "PSEC1018",
        "Password for an AWS resource in a template or command",
        RuleSeverity.Error,
        "Whoever reads the file knows the password of the database, user or secret that is made from it.",
        "Change the password first, then let Secrets Manager make one and refer to it ({{resolve:secretsmanager:…}}, manage_master_user_password), or pass it "
            + "when it is needed.",
        HardCodedPassword)
    {
        Reference = new("Security best practices for CloudFormation",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html"),
    };

    /// <summary>A password of a directory, or one that binds to it.</summary>
    public static Rule DirectoryPassword { get; } = new(
        "PSEC1019",
        "Directory password",
        RuleSeverity.Error,
        "Anyone who reads the file can sign in to the directory, and to everything that trusts it.",
        "Change the password first, then read it from Secrets Manager when it is needed; in templates refer to it ({{resolve:secretsmanager:…}}).",
        HardCodedPassword)
    {
        Reference = RuleReference.HardCodedSecrets,
    };

    /// <summary>A secret in the environment of what is deployed.</summary>
    public static Rule EnvironmentSecret { get; } = new(
        "PSEC1020",
        "Secret in an environment variable",
        RuleSeverity.Warning,
        "Anyone who can read the file, or describe the function, task, build or pod, can read the secret; child processes and crash reports get it too.",
        "Change the secret first, then have the program read it from Secrets Manager, or reference it by name (secrets in ECS, secrets-manager in CodeBuild, "
            + "secretKeyRef in Kubernetes).",
        HardCodedPassword)
    {
        Reference = RuleReference.HardCodedSecrets,
    };

    /// <summary>A secret in a parameter that is not encrypted.</summary>
    public static Rule PlainParameter { get; } = new(
        "PSEC1021",
        "Secret in a String parameter of Parameter Store",
        RuleSeverity.Error,
        "A parameter of type String is not encrypted: anyone who can read parameters can read its value and history, without permission to use a KMS key.",
        "Store the value in Secrets Manager, or in a SecureString parameter created outside the template, and reference it ({{resolve:ssm-secure:…}}).",
        312)
    {
        Reference = new("Creating SecureString parameters in Parameter Store",
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html"),
    };

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        AccessKey, AccessKeyId, SecretAccessKey, PossibleSecretAccessKey, SessionToken, PresignedUrl,
        BedrockApiKey, SmtpPassword, PrivateKey, DatabasePassword, HsmPassword, RootAccessKey, ServiceToken, LiteralPassword,
        DirectoryPassword, EnvironmentSecret, PlainParameter,
    ];
}
