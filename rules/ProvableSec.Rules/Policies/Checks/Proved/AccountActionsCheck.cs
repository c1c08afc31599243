using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions on the account itself that a NotAction leaves allowed, shown by a request.</summary>
internal sealed class AccountActionsCheck() : StatementCheck(new Rule(
    "PSEC2004",
    "Account settings allowed by NotAction",
    RuleSeverity.Warning,
    "NotAction allows everything that it does not list, and the actions on the account are easily forgotten: enabling a Region that no guardrail covers, "
        + "closing the account, leaving the organization.",
    "Add account:*, organizations:* and billing actions to NotAction, or list the actions that are needed in Action.",
    732)
{
    Reference = new("Enable or disable AWS Regions in your account", "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"),
    Controls = ControlMapping.Privileged,
})
{
    /// <summary>The worst first (Service Authorization Reference, AWS Account Management and AWS Organizations).</summary>
    private static readonly string[] Actions = ["organizations:LeaveOrganization", "account:CloseAccount", "account:EnableRegion", "account:DisableRegion",
        "account:PutAlternateContact", "account:StartPrimaryEmailUpdate"];

    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        CheckedPolicy policy = statement.Policy;
        if (policy.Type != PolicyType.Identity || statement is not { IsAllow: true, Action: { IsNot: true } excluded }
            || policy.Proved.AdministratorStatement is not null || policy.Proved.Document is not { } document)
        {
            return;
        }

        foreach (string action in Actions.Where(action => !excluded.Items.Any(item => ActionNames.Covers(item.Text, action))))
        {
            if (policy.Proved.Answer(ProvableText.Ask(Question.NotGranted, document, policy.Type) with { Property = ProvableText.Allowing(action, ["*"]) })
                is { Verdict: Verdict.Violated, Witness: { } witness })
            {
                findings.Add(excluded.Property.NameElement, $"NotAction leaves {action} allowed", witness);
                return;
            }
        }
    }
}
