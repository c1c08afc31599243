using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>What is kept with a pattern depends on what it is compared with, and one that a program makes may stand in several places.</summary>
public sealed class SharedPatternTests
{
    [Theory]
    [InlineData("IpAddress", "10.0.0.0/8", "aws:SourceIp", "10.1.2.3")]
    [InlineData("DateLessThan", "2030-01-01", "aws:CurrentTime", "2026-01-01")]
    [InlineData("StringEquals", "*", "aws:SourceVpc", "*")]
    [InlineData("ArnLike", "arn:aws:iam::*:user/*", "aws:PrincipalArn", Case.User)]
    public void PatternMeansInEachPlaceWhatItMeansThere(string name, string text, string key, string value)
    {
        AccessRequest request = Case.By(Case.User).Key(key, value).Request;
        var pattern = PolicyPattern.Plain(text);
        PolicyDocument everywhere = Case.Policy(Case.Statement("{}"));
        Statement any = everywhere.Statements[0];
        var condition = new Condition(ConditionOperator.Parse(name, out _), key, key.ToLowerInvariant(), [pattern], default, default);

        Statement asResource = new(0, null, Effect.Allow, null, any.Action, new ResourceClause(false, [pattern], default), [], default);
        Statement asValue = new(1, null, Effect.Allow, null, any.Action, any.Resource, [condition], default);
        bool covers = text == "*";
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(covers, Allows(asResource));
            Assert.True(Allows(asValue));
        }

        bool Allows(Statement statement) =>
            Evaluator.AllowsAlone(new(everywhere.Source, everywhere.Version, true, null, [statement], []), PolicyStack.Empty, request);
    }
}
