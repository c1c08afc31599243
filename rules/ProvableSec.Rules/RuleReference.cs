namespace ProvableSec.Rules;

/// <summary>The page, of AWS where AWS has one, that a rule rests on.</summary>
/// <param name="Title">What the page is called.</param>
/// <param name="Url">Where it is.</param>
internal sealed record RuleReference(string Title, string Url)
{
    private const string Iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

    public static readonly RuleReference PolicyChecks = InIam("IAM Access Analyzer policy check reference", "access-analyzer-reference-policy-checks");
    public static readonly RuleReference AccessKeys = InIam("Manage access keys for IAM users", "id_credentials_access-keys");
    public static readonly RuleReference BestPractices = InIam("Security best practices in IAM", "best-practices");
    public static readonly RuleReference RootUser = InIam("Root user best practices for your AWS account", "root-user-best-practices");
    public static readonly RuleReference AccessLevels = InIam("Access levels in policy summaries",
        "access_policies_understand-policy-summary-access-level-summaries");
    public static readonly RuleReference HardCodedSecrets = new("Move hardcoded secrets to AWS Secrets Manager",
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html");

    /// <summary>A page of the IAM User Guide.</summary>
    public static RuleReference InIam(string title, string page) => new("IAM User Guide, " + title, $"{Iam}{page}.html");
}
