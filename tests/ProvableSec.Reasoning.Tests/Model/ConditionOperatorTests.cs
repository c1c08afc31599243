using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Model;

public sealed class ConditionOperatorTests
{
    /// <summary>The operators of the IAM User Guide's page "Condition operators", typed out here on purpose.</summary>
    private static readonly string[] Published =
    [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
    ];

    [Fact]
    public void The_published_operators_are_all_there_is() =>
        Assert.Equal(Published.Order(StringComparer.Ordinal), ConditionOperator.ComparisonNames.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_published_operator_parses_with_set_operators_and_IfExists()
    {
        foreach (string name in Published)
        {
            foreach (SetOperator set in Enum.GetValues<SetOperator>())
            {
                foreach (string suffix in name == "Null" ? [""] : new[] { "", "IfExists" })
                {
                    string full = (set == SetOperator.None ? "" : set + ":") + name + suffix;
                    Assert.Equal(
                        new ConditionOperator(set, Enum.Parse<ConditionComparison>(name), suffix.Length > 0, full),
                        ConditionOperator.Parse(full, out bool exactCase));
                    Assert.True(exactCase);

                    ConditionOperator upper = ConditionOperator.Parse(full.ToUpperInvariant(), out exactCase);
                    Assert.Equal((set, Enum.Parse<ConditionComparison>(name), suffix.Length > 0), (upper.Set, upper.Comparison, upper.IfExists));
                    Assert.False(exactCase);
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("IfExists")]
    [InlineData("NullIfExists")]
    [InlineData("Unknown")]
    [InlineData("StringEqual")]
    [InlineData("StringEqualsIfExistsIfExists")]
    [InlineData("ForAllValues:")]
    [InlineData("ForAllValues:ForAnyValue:StringEquals")]
    [InlineData("ForSomeValues:StringEquals")]
    [InlineData(" StringEquals")]
    [InlineData("StringEquals ")]
    public void Anything_else_is_unknown(string name) => Assert.Equal(ConditionComparison.Unknown, ConditionOperator.Parse(name, out _).Comparison);

    [Fact]
    public void Negation_and_variables_follow_the_name()
    {
        foreach (string name in Published)
        {
            ConditionOperator op = ConditionOperator.Parse(name, out _);
            Assert.Equal(name.Contains("Not", StringComparison.Ordinal), op.IsNegated);
            Assert.Equal(name.StartsWith("String", StringComparison.Ordinal) || name.StartsWith("Arn", StringComparison.Ordinal), op.TakesVariables);
        }
    }
}
