using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Account ids in conditions that have too few or too many digits.</summary>
internal sealed class AccountDigitsCheck() : ConditionCheck(new Rule(
    "PSEC3406",
    "Account id without its twelve digits, in a condition",
    RuleSeverity.Error,
    "An account id has twelve digits, leading zeros included, and no dashes. No request carries another, so the value matches nothing: an Allow does not "
        + "apply, and an exemption exempts nobody.",
    "Write the twelve digits of the account as a string.",
    1286)
{
    Reference = new("View AWS account identifiers", "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html"),
})
{
    private const int Digits = 12;

    /// <summary>Keys whose value is an account's id (IAM User Guide, "AWS global condition context keys"; Service Authorization Reference).</summary>
    private static readonly string[] AccountKeys =
    [
        "aws:PrincipalAccount", "aws:ResourceAccount", "aws:SourceAccount", "aws:SourceOwner", "aws:VpceAccount",
        "kms:CallerAccount", "s3:ResourceAccount", "s3:DataAccessPointAccount", "ram:Principal", "ram:ResourceOwnerAccount",
    ];

    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison == ConditionComparison.Null)
        {
            return;
        }

        bool isAccount = condition.IsOnAny(AccountKeys);
        bool isArn = condition.Policy.Catalogue.FindKeyType(condition.Key) is { Type: ServiceData.ConditionKeyType.Arn };
        foreach (JsonItem value in condition.Values)
        {
            string? id = value.Kind == JsonKind.Number && isAccount ? value.Text
                : value.Kind != JsonKind.String ? null
                : isAccount && value.Text.StartsWith("arn:", StringComparison.Ordinal) == false ? value.Text
                : isAccount || isArn ? PolicyArn.TryParse(value.Text)?.Account
                : null;
            if (id is { Length: > 0 } && id.All(c => c is (>= '0' and <= '9') or '-') && (id.Length != Digits || id.IndexOf('-') >= 0))
            {
                findings.Add(value, $"an account id has twelve digits, unlike {CheckedText.Quoted(id)}");
            }
        }
    }
}
