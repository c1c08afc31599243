using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISMATCHED_ACTION_FOR_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class MismatchedActionForPrincipalCheck() : PrincipalCheck(new Rule(
    "PSEC3073",
    "Action that the principal cannot use",
    RuleSeverity.Error,
    "SAML providers assume roles by AssumeRoleWithSAML, OpenID Connect providers by AssumeRoleWithWebIdentity, others by AssumeRole.",
    "Write the action that fits the principal.",
    1286,
    "MISMATCHED_ACTION_FOR_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        if (statement.Policy.Type != PolicyType.Trust || !statement.IsAllow || statement.Action is not { IsNot: false } actions)
        {
            return;
        }

        string fitting = principal.Kind != "Federated" ? "sts:AssumeRole" : FederatedProviders.IsSaml(principal.Value.Text) ? "sts:AssumeRoleWithSAML"
            : "sts:AssumeRoleWithWebIdentity";
        string[] assuming = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];
        CheckedText? wrong = actions.Items.FirstOrDefault(action => assuming.Contains(action.Text, StringComparer.OrdinalIgnoreCase)
            && !action.Text.Equals(fitting, StringComparison.OrdinalIgnoreCase));
        if (wrong is not null && !actions.Items.Any(action => ActionNames.Covers(action.Text, fitting)))
        {
            findings.Add(wrong, $"{principal.Value.Shown} assumes a role by {fitting}, not by {wrong.Shown}");
        }
    }
}
