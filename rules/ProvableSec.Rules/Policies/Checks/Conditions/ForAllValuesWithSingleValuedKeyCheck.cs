using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>FORALLVALUES_WITH_SINGLE_VALUED_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class ForAllValuesWithSingleValuedKeyCheck() : ConditionCheck(new Rule(
    "PSEC2103",
    "ForAllValues on a key with one value",
    RuleSeverity.Warning,
    "ForAllValues matches when the key is absent, so the Allow holds for requests without it.",
    "Remove ForAllValues:.",
    863,
    "FORALLVALUES_WITH_SINGLE_VALUED_KEY"))
{
    /// <summary>AWS's own policies compare it with ForAllValues (AmazonCodeGuruReviewerFullAccess), and IAM Access Analyzer takes that as right.</summary>
    private static readonly string[] ComparedAsLists = ["codestar-connections:ProviderAction", "codeconnections:ProviderAction"];

    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement is { IsAllow: true, ConditionsAreKnown: true } && condition.Policy.Grants && condition.Operator.Set == SetOperator.ForAllValues
            && condition.Comparison != ConditionComparison.Null
            && condition.Policy.Catalogue.FindKeyType(condition.Key) is { IsMultivalued: false } && !condition.IsOnAny(ComparedAsLists)
            && !NullTests.RequirePresence(condition.Statement, condition.Key))
        {
            findings.Add(condition.OperatorElement, $"ForAllValues matches requests without {CheckedText.Quoted(condition.Key)}, which has one value");
        }
    }
}
