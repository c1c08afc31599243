using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.SmtLib;

namespace ProvableSec.Reasoning.Tests.SmtLib;

/// <summary>Solvers confirm answers about every kind of condition, and would contradict wrong ones.</summary>
public sealed class SecondOpinionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>A condition of the policy, one of the baseline, and whether the policy grants nothing that the baseline does not.</summary>
    public static TheoryData<string, string, Verdict> Conditions => new()
    {
        { """{"StringLike":{"aws:PrincipalTag/t":"ab*"}}""", """{"StringLike":{"aws:PrincipalTag/t":"a*"}}""", Verdict.Holds },
        { """{"StringLike":{"aws:PrincipalTag/t":"a*"}}""", """{"StringLike":{"aws:PrincipalTag/t":"ab*"}}""", Verdict.Violated },
        { """{"StringEqualsIgnoreCase":{"aws:PrincipalTag/t":"TeaM"}}""", """{"StringLike":{"aws:PrincipalTag/t":["?e?M","????"]}}""", Verdict.Holds },
        { """{"StringEqualsIgnoreCase":{"aws:PrincipalTag/t":"TeaM"}}""", """{"StringEquals":{"aws:PrincipalTag/t":"TeaM"}}""", Verdict.Violated },
        { """{"ArnLike":{"aws:SourceArn":"arn:aws:sqs:*:*:q"}}""", """{"StringLike":{"aws:SourceArn":"arn:*:q"}}""", Verdict.Holds },
        { """{"StringLike":{"aws:SourceArn":"arn:*:q"}}""", """{"ArnLike":{"aws:SourceArn":"arn:aws:sqs:*:*:q"}}""", Verdict.Violated },
        { """{"NumericLessThan":{"s3:max-keys":"10"}}""", """{"NumericLessThanEquals":{"s3:max-keys":"10"}}""", Verdict.Holds },
        { """{"NumericLessThanEquals":{"s3:max-keys":"10"}}""", """{"NumericLessThan":{"s3:max-keys":"10"}}""", Verdict.Violated },
        { """{"DateGreaterThan":{"aws:CurrentTime":"2030-01-02T00:00:00Z"}}""", """{"DateGreaterThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}""",
            Verdict.Holds },
        { """{"DateGreaterThan":{"aws:TokenIssueTime":"99999999999999999"}}""", """{"DateEquals":{"aws:TokenIssueTime":"2030-01-01T00:00:00Z"}}""",
            Verdict.Holds },
        { """{"DateGreaterThan":{"aws:TokenIssueTime":"99999999999999997"}}""",
            """{"DateEquals":{"aws:TokenIssueTime":["99999999999999998","99999999999999999"]}}""", Verdict.Holds },
        { """{"DateGreaterThan":{"aws:TokenIssueTime":"99999999999999998"}}""", """{"DateEquals":{"aws:TokenIssueTime":"2030-01-01T00:00:00Z"}}""",
            Verdict.Violated },
        { """{"DateGreaterThan":{"aws:TokenIssueTime":"9999-12-31T23:59:59.5-23:59"}}""", """{"DateGreaterThanEquals":{"aws:TokenIssueTime":"9999-12-31T23:59:59.500000000000000001-23:59"}}""", Verdict.Holds },
        { """{"IpAddress":{"aws:SourceIp":["10.0.0.0/9","10.128.0.0/9"]}}""", """{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", Verdict.Holds },
        { """{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", """{"IpAddress":{"aws:SourceIp":["10.0.0.0/9","10.128.0.0/9"]}}""", Verdict.Holds },
        { """{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}""", """{"IpAddress":{"aws:SourceIp":"2001:db8::/33"}}""", Verdict.Violated },
        { """{"Bool":{"aws:SecureTransport":"true"}}""", """{"Bool":{"aws:SecureTransport":["true","false"]}}""", Verdict.Holds },
        { """{"StringLike":{"aws:SecureTransport":"t*"}}""", """{"Bool":{"aws:SecureTransport":"true"}}""", Verdict.Violated },
        { """{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}""", """{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""", Verdict.Violated },
        { """{"Null":{"aws:PrincipalTag/t":"false"},"StringNotEquals":{"aws:PrincipalTag/t":"a"}}""", """{"StringNotEquals":{"aws:PrincipalTag/t":"a"}}""",
            Verdict.Holds },
        { """{"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}}""", """{"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}}""", Verdict.Holds },
        { """{"ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]}}""", """{"ForAnyValue:StringEquals":{"aws:TagKeys":["a"]}}""", Verdict.Violated },
        { """{"ForAllValues:StringEquals":{"aws:TagKeys":["a"]},"ForAnyValue:StringLike":{"aws:TagKeys":"*"}}""", """{"ForAnyValue:StringEquals":{"aws:TagKeys":["a"]}}""", Verdict.Holds },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_solver_agrees(string condition, string baseline, Verdict expected)
    {
        (Query query, Answer answer) = Ask(condition, baseline);
        Assert.Equal(expected, answer.Verdict);
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");
        Opinion[] opinions = [.. SmtSolver.All.Select(s => SecondOpinion.Ask(query, answer, s, Limit))];
        Assert.DoesNotContain(Opinion.Disagrees, opinions);
        Assert.Contains(Opinion.Agrees, opinions);
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_solver_contradicts_the_opposite(string condition, string baseline, Verdict expected)
    {
        (Query query, Answer answer) = Ask(condition, baseline);
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");

        // A refutation presented as a proof; a proof cannot be presented as a refutation, which needs a witness.
        Answer wrong = answer with { Verdict = Verdict.Holds, Witness = null };
        Opinion[] opinions = [.. SmtSolver.All.Select(s => SecondOpinion.Ask(query, wrong, s, Limit))];
        Assert.Equal(expected == Verdict.Violated, opinions.Contains(Opinion.Disagrees));
    }

    [Theory]
    [InlineData("*", "\"*\"")]
    [InlineData("lambda.amazonaws.com", "{\"Service\":\"lambda.amazonaws.com\"}")]
    [InlineData("arn:aws:iam::444455556666:user/a", "{\"AWS\":\"444455556666\"}")]
    public void The_caller_of_a_witness_is_part_of_what_a_solver_confirms(string caller, string principal)
    {
        Query query = Proving.Ask.Read($$$"""
            {"question":"can","type":"resource","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{{principal}}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]},"request":{"principal":"{{{caller}}}"}}
            """);
        Answer answer = Prover.Answer(query);
        Assert.Equal(caller, answer.Witness!.Request.Principal.Name);
        Assert.Contains($"{caller}\")))\n", SmtLibExport.Write(query, answer, out _), StringComparison.Ordinal);
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");
        Assert.Contains(Opinion.Agrees, SmtSolver.All.Select(s => SecondOpinion.Ask(query, answer, s, Limit)));
    }

    [Theory]
    [InlineData("default", Verdict.Holds)]
    [InlineData("all", Verdict.Violated)]
    public void A_solver_is_asked_about_the_readings_that_the_question_is_about(string readings, Verdict expected)
    {
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");
        string policy = Document(Proving.Ask.Allow("""{"StringEquals":{"a:k":[]}}""")), forbidden =
            Document(Proving.Ask.Allow("""{"Null":{"a:k":"true"}}"""));
        Query query = Proving.Ask.Read($$"""{"question":"not-granted","policy":{{policy}},"forbidden":{{forbidden}},"readings":"{{readings}}"}""");
        Answer answer = Prover.Answer(query);
        Assert.Equal(expected, answer.Verdict);
        Opinion[] opinions = [.. SmtSolver.All.Select(s => SecondOpinion.Ask(query, answer, s, Limit))];
        Assert.DoesNotContain(Opinion.Disagrees, opinions);
        Assert.Contains(Opinion.Agrees, opinions);
    }

    [Fact]
    public void An_undecided_question_has_no_export()
    {
        (Query query, Answer answer) = Ask("""{"StringEquals":{"aws:PrincipalTag/t":"a"}}""", """{"StringEquals":{"aws:PrincipalTag/t":"a"}}""");
        Assert.Null(SmtLibExport.Write(query, answer with { Verdict = Verdict.Unknown }, out string? reason));
        Assert.Equal("an undecided question has nothing to check", reason);
    }

    [Fact]
    public void A_key_compared_in_several_ways_has_no_export()
    {
        (Query query, Answer answer) = Ask("""{"StringLike":{"s3:max-keys":"1*"}}""", """{"NumericEquals":{"s3:max-keys":"1"}}""");
        Assert.Null(SmtLibExport.Write(query, answer, out string? reason));
        Assert.NotNull(reason);
    }

    [Fact]
    public void The_export_says_what_to_expect_and_quotes_what_needs_it()
    {
        (Query query, Answer answer) = Ask("""{"StringEquals":{"aws:PrincipalTag/t":"a\"b\\ü"}}""", """{"StringEquals":{"aws:PrincipalTag/t":"c"}}""");
        string export = SmtLibExport.Write(query, answer, out _)!;
        Assert.StartsWith("; a witness exists: expected sat\n", export, StringComparison.Ordinal);
        Assert.Contains("\"a\"\"b\\u{5c}\\u{fc}\"", export, StringComparison.Ordinal);
        Assert.EndsWith("(check-sat)\n", export, StringComparison.Ordinal);
    }

    private static (Query Query, Answer Answer) Ask(string condition, string baseline)
    {
        string json = $$$"""
            {"question":"no-new-access","world":"free",
             "policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*","Condition":{{{condition}}}}]},
             "baseline":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:Put*"],"Resource":"arn:aws:s3:::*","Condition":{{{baseline}}}}]}}
            """;
        JsonTree document = JsonTreeReader.Read(new DocumentText(json));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(document.Root, document.Problems);
        Assert.Empty(reading.Problems);
        return (reading.Query!, Prover.Answer(reading.Query!));
    }
}
