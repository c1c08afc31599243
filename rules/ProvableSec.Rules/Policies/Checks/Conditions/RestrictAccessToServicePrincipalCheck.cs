using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class RestrictAccessToServicePrincipalCheck() : StatementCheck(new Rule(
    "PSEC2113",
    "Confused deputy",
    RuleSeverity.Warning,
    "The service acts for every customer; without a condition, another account can have it act on this resource (the confused deputy problem).",
    "Add a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.",
    441,
    "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL")
{
    Controls = ControlMapping.Trust,
})
{
    private const string EncryptionContext = "kms:EncryptionContext:";

    private static readonly string[] Sources = ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOwner", "aws:SourceOrgID", "aws:SourceOrgPaths"];

    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsAllow: true, Principal: { IsNot: false } principal } && statement.Policy.Type == PolicyType.Resource
            && principal.Of("Service").FirstOrDefault() is { } service
            && statement.ConditionsAreKnown && !statement.Conditions.Any(condition => condition.IsOnAny(Sources) || NamesItsOwner(condition)))
        {
            findings.Add(service.Value,
                $"{service.Value.Shown} works for every customer; say whose resource it may act for, with aws:SourceArn or aws:SourceAccount");
        }
    }

    /// <summary>
    /// Whether an encryption context that must be there names the resources of one account. The service itself fills in the ARN of what it acts for (Amazon
    /// CloudWatch Logs
    /// User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS": <c>aws:logs:arn</c>; AWS CloudTrail User Guide, "Configure AWS KMS key policies for
    /// CloudTrail").
    /// </summary>
    private static bool NamesItsOwner(CheckedCondition condition) => condition.KeyStartsWith(EncryptionContext)
        && condition.Key.EndsWith("arn", StringComparison.OrdinalIgnoreCase)
        && condition.NeedsKey && condition.Values.Count > 0 && condition.Texts.Count() == condition.Values.Count
        && condition.Texts.All(value => IsOfOneAccount(value.Text));

    private static bool IsOfOneAccount(string value) => PolicyArn.TryParse(value) is { IsComplete: true } arn
        ? arn.Account.Length > 0 ? arn.Account.IndexOfAny(GlobText.Wildcards) < 0 : arn.Resource.Length > 0 && arn.Resource.IndexOfAny(GlobText.Wildcards) != 0
        : UnknownText.IsIn(value);
}
