using CsCheck;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>What is answered before any search is what the search answers: the same verdict, on no more assumptions, with the same that goes with it.</summary>
public sealed class StageTests(ITestOutputHelper output)
{
    private int sooner;

    [Fact]
    public void Question_is_answered_as_by_the_search() => Check(RandomQuery.Any, 2_000, drawn => drawn);

    [Fact]
    public void Question_of_any_world_is_answered_as_by_the_search() => Check(RandomQuery.OfWorlds, 500, drawn => drawn);

    [Fact]
    public void Question_about_policies_that_are_nearly_alike_is_answered_as_by_the_search() => Check(RandomQuery.OfIdentity, 2_000, drawn => drawn with
    {
        Given = "",
        Question = drawn.Question is Question.Can or Question.Granted ? Question.NoNewAccess : drawn.Question,
    });

    /// <summary>A text that is compared with a key is a guess at its value only where the key may have it.</summary>
    [Theory]
    [InlineData("StringEquals", "aws:SecureTransport", "yes")]
    [InlineData("StringEquals", "aws:ViaAWSService", "amplify.amazonaws.com")]
    [InlineData("StringLike", "aws:MultiFactorAuthPresent", "x*")]
    [InlineData("StringEquals", "aws:CurrentTime", "noon")]
    [InlineData("StringEquals", "aws:EpochTime", "noon")]
    [InlineData("StringEquals", "aws:SourceIp", "localhost")]
    [InlineData("StringEquals", "s3:object-lock-remaining-retention-days", "ten")]
    [InlineData("StringEquals", "aws:SourceVpcArn", "vpc-1")]
    [InlineData("ArnLike", "kms:EncryptionContext:aws:s3:arn", "arn:aws:s3")]
    public void Text_that_no_value_of_a_key_looks_like_is_sent_by_nobody(string op, string key, string text)
    {
        Query query = Ask.Read($$"""{"question":"no-new-access","policy":{{Document(Ask.Allow(Ask.If(op, key, text)))}},"baseline":{{Document()}}}""");
        Assert.Equal(Prover.Answer(query with { SearchOnly = true }).Told(), Prover.Answer(query).Told());
    }

    /// <summary>What follows from another key, or from who asks, is no guess either.</summary>
    [Theory]
    [InlineData("""{"StringEquals":{"aws:CalledViaFirst":"a.amazonaws.com"},"Bool":{"aws:ViaAWSService":"false"}}""")]
    [InlineData("""{"StringEquals":{"aws:CalledVia":"a.amazonaws.com"},"Bool":{"aws:ViaAWSService":"false"}}""")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-a"},"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-b/*"}}""")]
    [InlineData("""{"StringEquals":{"aws:ResourceOrgID":"o-a"},"ForAnyValue:StringLike":{"aws:ResourceOrgPaths":"o-b/*"}}""")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-a"},"Null":{"aws:PrincipalOrgPaths":"true"}}""")]
    [InlineData("""{"NumericLessThan":{"aws:MultiFactorAuthAge":"100"},"Bool":{"aws:MultiFactorAuthPresent":"false"}}""")]
    [InlineData("""{"NumericLessThan":{"aws:MultiFactorAuthAge":"100"},"Null":{"aws:MultiFactorAuthPresent":"true"}}""")]
    [InlineData("""{"StringEquals":{"aws:RequestTag/a":"b"},"Null":{"aws:TagKeys":"true"}}""")]
    [InlineData("""{"StringEquals":{"aws:RequestTag/a":"b"},"ForAllValues:StringEquals":{"aws:TagKeys":"c"}}""")]
    [InlineData("""{"StringEquals":{"s3:ResourceAccount":"111122223333","aws:ResourceAccount":"444455556666"}}""")]
    [InlineData("""{"StringEquals":{"s3:ResourceAccount":"111122223333"},"StringNotEquals":{"aws:ResourceAccount":"111122223333"}}""")]
    [InlineData("""{"StringEquals":{"kms:CallerAccount":"111122223333","aws:PrincipalAccount":"444455556666"}}""")]
    [InlineData("""{"StringEquals":{"aws:ResourceTag/a":"b"},"Null":{"s3:ResourceTag/a":"true"}}""")]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1"},"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}""")]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1"},"Null":{"aws:SourceVpc":"true"}}""")]
    [InlineData("""{"Null":{"aws:SourceIp":"true","aws:SourceVpce":"true"}}""")]
    [InlineData("""{"Null":{"aws:SecureTransport":"true"}}""")]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2034-01-01T00:00:00Z"},"DateGreaterThan":{"aws:EpochTime":"2019686400"}}""")]
    [InlineData("""{"StringEquals":{"aws:username":"a","aws:PrincipalType":"AssumedRole"}}""")]
    [InlineData("""{"StringLike":{"aws:userid":"AROA*"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}""")]
    public void Keys_that_never_go_together_are_shown_by_nothing(string condition)
    {
        foreach (string action in (string[])["s3:GetObject", "s3:*", "kms:Decrypt", "ec2:RunInstances"])
        {
            string policy = Document(Ask.Allow(condition, action));
            foreach (string question in (string[])[$$"""{"question":"no-new-access","policy":{{policy}},"baseline":{{Document()}}}""",
                $$"""{"question":"can","policy":{{policy}}}"""])
            {
                Query query = Ask.Read(question);
                Answer quick = Prover.Answer(query), searched = Prover.Answer(query with { SearchOnly = true });
                Assert.True(searched.Verdict == Verdict.Unknown
                    || quick.Verdict == searched.Verdict, $"{action}: {quick.Told()}, {searched.Told()} by the search");
                Assert.Null(Agreement.Disagreement(query, quick, 0, RandomRun.Random(1)));
            }
        }
    }

    /// <summary>What a statement compares by policy variables is shown by a request in which both have one value.</summary>
    [Theory]
    [InlineData("""{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}""", "*")]
    [InlineData("""{"StringEquals":{"aws:RequestTag/team":"${aws:PrincipalTag/team}"},"Null":{"aws:PrincipalTag/team":"false"}}""", "*")]
    [InlineData("""{"StringLike":{"aws:RequestTag/home":"home/${aws:username}/*"}}""", "*")]
    [InlineData("""{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}""", "arn:aws:s3:::bucket-*/*")]
    [InlineData("""{"StringEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"}}""", "arn:aws:s3:::bucket-*/*")]
    [InlineData("""{"StringEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}}""", "*")]
    [InlineData("""{"StringEquals":{"aws:CalledViaFirst":"cloudformation.amazonaws.com"}}""", "*")]
    [InlineData("""{"Bool":{"aws:ViaAWSService":"true"},"StringEquals":{"aws:CalledViaLast":"athena.amazonaws.com"}}""", "*")]
    [InlineData("{}", "arn:aws:s3:::${aws:username}/*")]
    [InlineData("{}", "arn:aws:s3:::${aws:PrincipalTag/bucket}/${aws:userid}/*")]
    public void Statement_with_policy_variables_is_shown_without_a_search(string condition, string resource)
    {
        string policy = Document(Ask.Allow(condition, "s3:*", resource), Ask.Deny(action: "s3:Create*"));
        Query query = Ask.Read($$"""{"question":"no-new-access","policy":{{policy}},"baseline":{{Document()}}}""");
        Answer quick = Prover.Answer(query), searched = Prover.Answer(query with { SearchOnly = true });
        Assert.Equal(Verdict.Violated, quick.Verdict);
        Assert.NotEqual(Verdict.Holds, searched.Verdict);
        Assert.InRange(quick.Steps, 0, searched.Steps - 1);
        Assert.Null(Agreement.Disagreement(query, quick, 0, RandomRun.Random(1)));
    }

    /// <summary>Whoever asks about a policy alone asks about actions and resources as it writes them, whatever the service data say of them.</summary>
    [Theory]
    [InlineData("connect:GetMetricDataV2", "arn:aws:connect-campaigns:*:*:campaign/*")]
    [InlineData("pi:ListTagsForResource", "arn:aws:pi:*:*:*/rds/*")]
    [InlineData("a-service-of-tomorrow:*", "*")]
    [InlineData("sts:SetContext", "arn:aws:sts::*:self")]
    [InlineData("s3:ListBucket", "arn:aws:s3:*:*:*imagebuilder*")]
    public void Policy_alone_is_shown_whatever_the_service_data_say(string action, string resource)
    {
        Query query = Ask.Read($$"""{"question":"no-new-access","policy":{{Document(Ask.Allow(action: action, resource: resource))}},"baseline":{{Document()}}}""") with
        {
            Without = ["catalogue", "shapes"],
            Explain = false,
            VerdictOnly = true,
        };
        Assert.Equal(Verdict.Violated, Prover.Answer(query).Verdict);
        Assert.Equal(Verdict.Violated, Prover.Answer(query with { SearchOnly = true }).Verdict);
    }

    [Fact]
    public void Question_of_what_a_policy_alone_grants_is_answered_as_by_the_search() => Check(RandomQuery.OfIdentity, 2_000, drawn => drawn with
    {
        Question = (drawn.Policy.Statements.Length & 1) == 0 ? Question.Can : Question.Granted,
        Stack = null,
        OtherStack = null,
        World = World.Aws,
        Type = PolicyType.Identity,
    });

    private void Check(Gen<RandomQuery> questions, int count, Func<RandomQuery, RandomQuery> like)
    {
        questions.Each(count, drawn => Check(like(drawn).Read()));
        output.WriteLine($"{sooner} of {count} answered before the search");
        Assert.InRange(sooner, count / 100, int.MaxValue);
    }

    private void Check(Query query)
    {
        Answer quick = Prover.Answer(query), searched = Prover.Answer(query with { SearchOnly = true });
        Interlocked.Add(ref sooner, quick.Steps < searched.Steps ? 1 : 0);
        if (searched.Verdict == Verdict.Unknown)
        {
            return;
        }

        string answers = $"{quick.Verdict} ({quick.Reason}), {searched.Verdict} ({searched.Reason}) by the search";
        Assert.True(quick.Verdict == searched.Verdict, answers);
        Assert.True(quick.Assumptions.All(searched.Assumptions.Contains),
            $"{string.Join(", ", quick.Assumptions)}; {string.Join(", ", searched.Assumptions)} by the search");
        Assert.True(quick.Vacuous == searched.Vacuous, $"{quick.Vacuous}; {searched.Vacuous} by the search");
        Assert.Equal(searched.Warnings, quick.Warnings);
        if (query.Question == Question.NoPublicAccess && searched.Witness is { Request.Principal.Account.Length: > 0 } other && !IsOwners(other.Request))
        {
            Assert.False(IsOwners(quick.Witness!.Request), $"nobody is an outsider to what is his own: {quick.Witness}; {other} by the search");
        }

        if (quick.Verdict == Verdict.Holds && quick.Witness is null)
        {
            Assert.Equal(searched.Because, quick.Because);
        }
    }

    private static bool IsOwners(AccessRequest request) => request.Principal.Account.Length > 0
        && request.Principal.Account == (request.ResourceAccount ?? (request.Resource.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] ? account
            : request.Principal.Account));
}
