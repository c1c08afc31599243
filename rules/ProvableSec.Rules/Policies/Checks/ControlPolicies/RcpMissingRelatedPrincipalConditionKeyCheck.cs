using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class RcpMissingRelatedPrincipalConditionKeyCheck() : StatementCheck(new Rule(
    "PSEC3223",
    "Deny by principal that also affects AWS services",
    RuleSeverity.Warning,
    "Requests of AWS services carry no key of a principal, so the Deny stops services that work for you.",
    "Add \"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}.",
    863,
    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsDeny: true, Policy.Type: PolicyType.ResourceControlPolicy }
            && statement.Conditions.FirstOrDefault(condition => condition.Operator.IsNegated && PrincipalKeys.IsAboutAnAccount(condition.Key)) is { } principal
            && statement.ConditionsAreKnown && !PrincipalKeys.TestsService(statement, "false"))
        {
            findings.Add(principal.KeyProperty.NameElement,
                $"requests of AWS services carry no {CheckedText.Quoted(principal.Key)}; add \"BoolIfExists\": {{\"aws:PrincipalIsAWSService\": \"false\"}}");
        }
    }
}
