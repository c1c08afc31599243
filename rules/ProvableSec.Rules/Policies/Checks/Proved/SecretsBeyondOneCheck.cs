using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>An identity policy that reads more secrets than those it names, proved where another statement may deny it.</summary>
internal sealed class SecretsBeyondOneCheck() : StatementCheck(new Rule(
    "PSEC2012",
    "Access to more than one secret",
    RuleSeverity.Warning,
    "A program or rotation function that needs one secret can read every secret that the pattern matches, including those of other programs and those created "
        + "later; so can anyone who compromises it.",
    "Limit Resource to the secret it needs: the full ARN, or the name followed by -?????? for the six characters that Secrets Manager adds.",
    250)
{
    Reference = new("Identity-based policies for AWS Secrets Manager",
            "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html"),
    Controls = new(["T1555.006"], ControlMapping.Objectives, "PR.AA-05", ["IDM-01", "IDM-08"], ["A.5.15", "A.8.3"], ControlMapping.Data),
})
{
    private const string Action = "secretsmanager:GetSecretValue", Secret = "secret:";

    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        CheckedPolicy policy = statement.Policy;
        if (policy.Type != PolicyType.Identity || statement is not
            {
                IsAllow: true, ConditionElement: null, Action: { IsNot: false } actions,
                Resource: { IsNot: false } resources
            }
            || !actions.Items.Any(item => item.IsKnown && !GlobText.IsEverything(item.Text) && GlobText.Covers(item.Text, Action, foldCase: true)))
        {
            return;
        }

        foreach (CheckedText item in resources.Items)
        {
            if (PatternOf(item) is { } names && policy.Proved.AdministratorStatement is null && IsGranted(policy, item))
            {
                bool all = names.Trim('*', '?').Length == 0;
                string message =
                    $"{Action} is allowed on {(all ? "every secret of the account" : $"every secret whose name matches {CheckedText.Quoted(names)}")}";
                if (all)
                {
                    findings.Add(item, message);
                }
                else
                {
                    // What an application keeps may be several secrets below one name.
                    findings.Add(item.Element, message, RuleSeverity.Info);
                }

                return;
            }
        }
    }

    /// <summary>What names of secrets a resource covers, where these are more than one; null else. A name with the characters behind it left open is
    /// one.</summary>
    private static string? PatternOf(CheckedText resource)
    {
        if (GlobText.IsEverything(resource.Text))
        {
            return "*";
        }

        if (PolicyArn.TryParse(resource.Text) is not { IsComplete: true, Service: "secretsmanager" } arn || UnknownText.IsIn(arn.Resource)
            || arn.Resource.IndexOf('$') >= 0)
        {
            return null;
        }

        if (GlobText.IsEverything(arn.Resource))
        {
            return "*";
        }

        if (!arn.Resource.StartsWith(Secret, StringComparison.Ordinal))
        {
            return null;
        }

        string names = arn.Resource.Substring(Secret.Length);
        int wildcard = names.IndexOfAny(['*', '?']);
        return wildcard < 0 || (wildcard > 1 && names[wildcard - 1] == '-' && names.Substring(wildcard) is "*" or "??????") ? null : names;
    }

    /// <summary>Nothing but another statement's Deny can take back what an Allow without condition gives.</summary>
    private static bool IsGranted(CheckedPolicy policy, CheckedText resource) =>
        policy.Statements.All(statement => statement.IsAllow)
        || (resource.IsKnown && policy.Proved.Document is { } document
            && policy.Proved.Answer(ProvableText.Ask(Question.Granted, document,
                policy.Type) with
            { Property = ProvableText.Allowing(Action, [resource.Text]) }).Verdict == Verdict.Holds);
}
