namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Values of <c>aws:PrincipalArn</c> that the key never has, such as the ARN of a role's session.</summary>
internal sealed class UnmatchedPrincipalArnCheck() : ConditionCheck(new Rule(
    "PSEC3403",
    "aws:PrincipalArn with a value that no request has",
    RuleSeverity.Warning,
    "For the session of a role the key holds the ARN of the role, arn:aws:iam::ACCOUNT:role/NAME, and never that of the session; nor is it ever a group, an "
        + "instance profile or a bare name. An exemption of such a value exempts nobody, and an Allow for it allows nobody.",
    "Write the ARN of the user or role; for one session of a role, compare aws:userid.",
    863)
{
    Reference = RuleReference.InIam("AWS global condition context keys", "reference_policies_condition-keys"),
})
{
    /// <summary>The forms of the key (IAM User Guide, "AWS global condition context keys", aws:PrincipalArn).</summary>
    private static readonly (string Service, string Resource)[] Forms = [("iam", "root"), ("iam", "user/*"), ("iam", "role/*"), ("sts", "federated-user/*")];

    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (!condition.IsOn("aws:PrincipalArn"))
        {
            return;
        }

        foreach (CheckedText value in condition.Texts)
        {
            // Angle and square brackets are blanks to fill in.
            if (value.IsKnown && value.Text.IndexOfAny(['<', '[', '{']) < 0 && !MayBe(Pattern(condition, value.Text)))
            {
                bool isSession = value.Text.IndexOf("assumed-role", StringComparison.Ordinal) >= 0;
                findings.Add(value,
                    $"aws:PrincipalArn is never {value.Shown}{(isSession ? ": for the session of a role it is the ARN of the role" : "; it is the ARN of a user, a role, a root user or a federated user")}, so this {Consequence(condition)}");
            }
        }
    }

    private static bool MayBe(string pattern) => PolicyArn.TryParse(pattern) is { IsComplete: true } arn
        ? Forms.Any(form => GlobText.Overlap(arn.Service, form.Service) && GlobText.Overlap(arn.Resource, form.Resource))
        : pattern.IndexOf(":assumed-role/", StringComparison.Ordinal) < 0
        && Forms.Any(form => GlobText.Overlap(pattern, $"arn:*:{form.Service}::*:{form.Resource}"));

    /// <summary>In operators without wildcards a star is a character, which no ARN has.</summary>
    private static string Pattern(CheckedCondition condition, string value) => condition.HasPatterns ? value : value.Replace('*', '!').Replace('?', '!');

    private static string Consequence(CheckedCondition condition) =>
        condition.Operator.IsNegated ? condition.Statement.IsDeny ? "exempts nobody" : "excludes nobody" : condition.Statement.IsDeny ? "denies nobody"
            : "matches nobody";
}
