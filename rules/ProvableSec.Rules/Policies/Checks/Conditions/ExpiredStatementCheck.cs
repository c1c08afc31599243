using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Statements that hold until a day that has passed. The day that counts is that of the service data unless <c>--as-of</c> moves it, never that of the
/// machine.</summary>
internal sealed class ExpiredStatementCheck() : ConditionCheck(new Rule(
    "PSEC3405",
    "Statement that has expired",
    RuleSeverity.Warning,
    "The statement applies only until a day that has passed: an Allow no longer allows anything, and a Deny no longer denies anything.",
    "Remove the statement, or write a later day if it is still needed.",
    561)
{
    Reference = RuleReference.InIam("AWS: Allows access based on date and time", "reference_policies_examples_aws-dates"),
})
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOnAny(Clocks) && !condition.Operator.IsNegated && EndsAt(condition.Comparison) && condition.Values.Count > 0
            && condition.Values.All(value => value.Kind == JsonKind.String && DateValues.DayOf(value.Text) is { } day
                && string.CompareOrdinal(day, condition.Policy.Context.AsOf) < 0))
        {
            string last = condition.Values.Select(value => DateValues.DayOf(value.Text)!).OrderBy(day => day, StringComparer.Ordinal).Last();
            findings.Add(
                condition.KeyProperty.Value,
                $"the statement applied until {last}, which has passed as of {condition.Policy.Context.AsOf}: it "
                    + $"{(condition.Statement.IsDeny ? "denies" : "allows")} nothing any more");
        }
    }

    private static readonly string[] Clocks = ["aws:CurrentTime", "aws:EpochTime"];

    private static bool EndsAt(ConditionComparison comparison) => comparison is ConditionComparison.DateLessThan or ConditionComparison.DateLessThanEquals
        or ConditionComparison.DateEquals;
}
