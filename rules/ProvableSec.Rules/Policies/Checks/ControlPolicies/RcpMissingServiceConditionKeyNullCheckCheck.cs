using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK</c> of IAM Access Analyzer.</summary>
internal sealed class RcpMissingServiceConditionKeyNullCheckCheck() : StatementCheck(new Rule(
    "PSEC3225",
    "Deny by source that affects requests without one",
    RuleSeverity.Warning,
    "Not every request of a service is made on behalf of a resource; requests without a source would be denied too.",
    "Add \"Null\": {\"aws:SourceAccount\": \"false\"}, or aws:SourceArn.",
    863,
    "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsDeny: true, Policy.Type: PolicyType.ResourceControlPolicy }
            && statement.Conditions.FirstOrDefault(condition => condition.Operator.IsNegated && PrincipalKeys.IsAboutTheSource(condition.Key)) is { } source
            && statement.ConditionsAreKnown && !NullTests.RequirePresence(statement, "aws:SourceAccount")
            && !NullTests.RequirePresence(statement, "aws:SourceArn"))
        {
            findings.Add(source.KeyProperty.NameElement, "requests without a source are denied too; add \"Null\": {\"aws:SourceAccount\": \"false\"}");
        }
    }
}
