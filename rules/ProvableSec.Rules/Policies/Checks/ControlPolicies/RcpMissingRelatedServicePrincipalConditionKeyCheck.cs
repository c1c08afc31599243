using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class RcpMissingRelatedServicePrincipalConditionKeyCheck() : StatementCheck(new Rule(
    "PSEC3224",
    "Deny by source that affects everyone",
    RuleSeverity.Warning,
    "Only requests of AWS services carry a key of the source, so the Deny stops all other requests as well.",
    "Add \"Bool\": {\"aws:PrincipalIsAWSService\": \"true\"}.",
    863,
    "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsDeny: true, Policy.Type: PolicyType.ResourceControlPolicy }
            && statement.Conditions.FirstOrDefault(condition => condition.Operator.IsNegated && PrincipalKeys.IsAboutTheSource(condition.Key)) is { } source
            && statement.ConditionsAreKnown && !PrincipalKeys.TestsService(statement, "true"))
        {
            findings.Add(source.KeyProperty.NameElement,
                $"only requests of AWS services carry {CheckedText.Quoted(source.Key)}; add \"Bool\": {{\"aws:PrincipalIsAWSService\": \"true\"}}");
        }
    }
}
