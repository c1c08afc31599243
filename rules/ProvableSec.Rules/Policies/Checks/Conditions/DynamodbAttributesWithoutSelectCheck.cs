namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DYNAMODB_ATTRIBUTES_WITHOUT_SELECT</c> of IAM Access Analyzer.</summary>
internal sealed class DynamodbAttributesWithoutSelectCheck() : StatementCheck(new Rule(
    "PSEC2117",
    "DynamoDB attributes limited without dynamodb:Select",
    RuleSeverity.Warning,
    "A query for all projected attributes carries no list of attributes, so the limit does not apply to it.",
    "Add \"StringEqualsIfExists\": {\"dynamodb:Select\": \"SPECIFIC_ATTRIBUTES\"}.",
    863,
    "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.IsAllow && statement.ConditionOn("dynamodb:Attributes") is { } attributes && statement.ConditionsAreKnown
            && statement.ConditionOn("dynamodb:Select") is null)
        {
            findings.Add(attributes.KeyProperty.NameElement,
                "a request for all projected attributes carries no dynamodb:Attributes; limit dynamodb:Select too");
        }
    }
}
