using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>A decision costs its answer, not the walk to it.</summary>
public sealed class EvaluatorCostTests
{
    [Fact]
    public void DecisionAllocatesItsAnswerOnly()
    {
        Case one = Case.By(Case.User)
            .Identity(
                """{"Effect":"Allow","Action":["sqs:*","s3:Put*"],"Resource":"*"}""",
                """{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/${aws:username}/*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"},"NumericLessThan":{"s3:max-keys":"10"}}}""",
                """{"Effect":"Deny","NotAction":"s3:*","Resource":"*"}""")
            .Boundary(Case.AllowAll, """{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"}}}""")
            .Scp(Case.AllowAll, Case.AllowAll)
            .Key("aws:SourceIp", "10.1.2.3").Key("aws:CurrentTime", "2026-01-01T00:00:00Z").Key("s3:max-keys", "9")
            .On("arn:aws:s3:::b/alice/x");
        Assert.True(one.Allowed());

        const int times = 1000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
        {
            Evaluator.Decide(one.Stack, one.Request);
        }

        // The record itself and the array of its deciding statements.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / times, 1, 200);
    }
}
