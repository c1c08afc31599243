namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// The ARN of a secret without the six characters that Secrets Manager adds to its name, where a policy compares it exactly (AWS Secrets Manager User Guide,
/// "Permissions policy examples": secret:SecretName-??????).
/// </summary>
internal sealed class SecretWithoutSuffixCheck() : ResourceCheck(new Rule(
    "PSEC2013",
    "Secret ARN without its random suffix",
    RuleSeverity.Warning,
    "Secrets Manager ends the ARN of every secret in a hyphen and six random characters; without them the ARN matches no secret, so the statement allows or "
        + "denies nothing.",
    "Use the full ARN, or end it in -?????? if the six characters are not known.",
    1286)
{
    Reference = new("Identity-based policies for AWS Secrets Manager",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html"),
    Controls = ControlMapping.Document,
})
{
    private const int Suffix = 6;

    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        const string Secret = "secret:";
        if (arn is { IsComplete: true, Service: "secretsmanager" } && PolicyArn.IsLiteral(arn.Resource)
            && arn.Resource.StartsWith(Secret, StringComparison.Ordinal)
            && !MayHaveSuffix(arn.Resource.Substring(Secret.Length)) && !OnlyCreates(statement))
        {
            findings.Add(resource, $"{resource.Shown} matches no secret: it lacks the hyphen and six random characters that end the ARN of every secret");
        }
    }

    /// <summary>Six letters or digits behind a hyphen, though they may be a word of the name.</summary>
    private static bool MayHaveSuffix(string name) => name.Length > Suffix + 1 && name[name.Length - Suffix - 1] == '-'
        && name.Skip(name.Length - Suffix).All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));

    /// <summary>What there is not yet has no such characters.</summary>
    private static bool OnlyCreates(CheckedStatement statement) => statement.Action is { IsNot: false } actions
        && actions.Items.All(item => item.Text.Equals("secretsmanager:CreateSecret", StringComparison.OrdinalIgnoreCase) || !item.IsKnown);
}
