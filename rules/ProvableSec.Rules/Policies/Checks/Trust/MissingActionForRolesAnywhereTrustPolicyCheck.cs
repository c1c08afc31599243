using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY</c> of IAM Access Analyzer.</summary>
internal sealed class MissingActionForRolesAnywhereTrustPolicyCheck() : StatementCheck(new Rule(
    "PSEC3074",
    "Too few actions for IAM Roles Anywhere",
    RuleSeverity.Error,
    "The service assumes the role with tags and a source identity; without these permissions it cannot.",
    "Allow sts:AssumeRole, sts:SetSourceIdentity and sts:TagSession.",
    1286,
    "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsAllow: true, Policy.Type: PolicyType.Trust, Principal: { IsNot: false } principal, Action: { IsNot: false } actions }
            && principal.Of("Service").Any(entry => entry.Value.Text == "rolesanywhere.amazonaws.com"))
        {
            string[] missing = [.. ((string[])["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]).Where(needed =>
                !actions.Items.Any(action => !action.IsKnown || ActionNames.Covers(action.Text, needed)))];
            if (missing.Length > 0)
            {
                findings.Add(actions.Property.Value, $"IAM Roles Anywhere needs {string.Join(" and ", missing)} too");
            }
        }
    }
}
