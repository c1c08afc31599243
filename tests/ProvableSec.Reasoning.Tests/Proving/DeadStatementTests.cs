using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Statements that can go without changing what is allowed are named, and only those.</summary>
public sealed class DeadStatementTests
{
    [Theory]
    [InlineData("""{"Sid":"All","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"Get","Effect":"Allow","Action":"s3:Get*","Resource":"*"}""", "Get")]
    [InlineData("""{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"B","Effect":"Allow","Action":"s3:*","Resource":"*"}""", "A,B")]
    [InlineData("""{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"D","Effect":"Deny","Action":"sqs:*","Resource":"*"}""", "D")]
    [InlineData("""{"Sid":"A","Effect":"Allow","Action":"s3:Get*","Resource":"*"},{"Sid":"D","Effect":"Deny","Action":"s3:*","Resource":"*"}""", "A")]
    [InlineData("""{"Sid":"E","Effect":"Allow","Action":[],"Resource":"*"}""", "E")]
    [InlineData("""{"Sid":"N","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/t":"a"},"StringNotEquals":{"aws:PrincipalTag/T":"a"}}}""", "N")]
    [InlineData("""{"Sid":"H1","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},{"Sid":"H2","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Sid":"Both","Effect":"Allow","Action":"s3:Get*","Resource":"*","Condition":{"Null":{"aws:SecureTransport":"false"}}}""", "Both")]
    public void A_dead_statement_is_named(string statements, string expected)
    {
        Answer answer = Ask(statements);
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.Equal(expected, string.Join(",", answer.Because.Select(b => b.Statement!.Sid)));
        Assert.Contains($"\"{expected.Split(',')[0]}\"", answer.Reason, StringComparison.Ordinal);
        Assert.Null(answer.Witness);
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:Get*","Resource":"*"},{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}""")]
    [InlineData("""{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}""")]
    public void Statements_that_matter_are_not_named(string statements)
    {
        Answer answer = Ask(statements);
        Assert.Equal(Verdict.Holds, answer.Verdict);
        Assert.Empty(answer.Because);
    }

    private static Answer Ask(string statements)
    {
        PolicyDocument policy = PolicyReader.Read(new DocumentText(Document(statements)));
        Assert.False(policy.HasErrors);
        return Prover.Answer(new Query { Question = Question.NoDeadStatement, Subject = Subject.Of(policy), World = World.Aws });
    }
}
