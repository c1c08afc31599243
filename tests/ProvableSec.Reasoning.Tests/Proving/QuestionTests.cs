using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>What a user sees of each question.</summary>
public sealed class QuestionTests
{
    private static readonly string Reader = Document(Allow(action: "s3:GetObject", resource: "arn:aws:s3:::b/*"));
    private static readonly string AnyReader = Document(Allow(action: "s3:Get*", resource: "arn:aws:s3:::*"));

    [Fact]
    public void No_new_access_holds_for_a_narrower_policy() => Assert.Equal("Holds", NoNewAccess(Reader, AnyReader).Told());

    [Fact]
    public void No_new_access_shows_a_request_that_is_new()
    {
        Answer answer = NoNewAccess(AnyReader, Reader);
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.StartsWith("s3:Get", answer.Witness!.Request.Action, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Because);
    }

    [Fact]
    public void Equivalent_holds_for_two_spellings_of_one_policy() =>
        Assert.Equal("Holds", Equivalent(Reader, Document(Allow(action: "S3:getobject", resource: "arn:aws:s3:::b/**"))).Told());

    [Fact]
    public void Equivalent_is_refuted_by_either_side()
    {
        Assert.Equal(Verdict.Violated, Equivalent(Reader, AnyReader).Verdict);
        Assert.Equal(Verdict.Violated, Equivalent(AnyReader, Reader).Verdict);
    }

    [Fact]
    public void Not_granted_holds_where_the_property_is_denied() =>
        Assert.Equal("Holds", NotGranted(Document(AllowAll, Deny(action: "iam:*")), Document(Allow(action: "iam:PassRole"))).Told());

    [Fact]
    public void Not_granted_shows_a_forbidden_request() =>
        Assert.Equal("iam:PassRole",
            NotGranted(Document(AllowAll), Document(Allow(action: "iam:PassRole", resource: "arn:aws:iam::*:role/*"))).Witness!.Request.Action);

    [Fact]
    public void Granted_holds_where_all_is_allowed() => Assert.Equal("Holds", Granted(Document(AllowAll), Reader).Told());

    [Fact]
    public void Granted_shows_a_required_request_that_is_not_allowed() => Assert.Equal(Verdict.Violated, Granted(Reader, AnyReader).Verdict);

    [Fact]
    public void Can_shows_the_completion_that_is_allowed() =>
        Assert.Equal("Holds s3:GetObject arn:aws:s3:::b/k", Can(Reader, ""","request":{"action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}""").Told());

    [Fact]
    public void Can_is_violated_when_no_completion_is_allowed() => Assert.Equal("Violated", Can(Reader, ""","request":{"action":"s3:PutObject"}""").Told());

    [Fact]
    public void A_budget_that_is_used_up_is_unknown_and_says_so()
    {
        Answer answer = NoNewAccess(AnyReader, Reader, ""","budget":3""");
        Assert.Equal((Verdict.Unknown, UnknownReason.BudgetUsedUp), (answer.Verdict, answer.UnknownBecause));
        Assert.Equal("the budget of 3 steps is used up; --budget raises it", answer.Reason);
    }

    [Theory]
    [InlineData("arn:aws:*:*:111122223333:*")]
    [InlineData("*.amazonaws.com")]
    public void A_pattern_of_principals_that_may_take_some_sessions_is_unknown_and_says_so(string like)
    {
        Answer answer = Question($$"""{"question":"can","policy":{{Reader}},"request":{"principal":{"like":"{{like}}"} } }""");
        Assert.Equal((Verdict.Unknown, UnknownReason.NotSupported), (answer.Verdict, answer.UnknownBecause));
        Assert.Contains("role sessions", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"account\":\"111122223333\"", "\"account\":\"444455556666\"", "different accounts")]
    [InlineData("\"organization\":{\"id\":\"o-a\",\"managementAccount\":\"111122223333\"}",
        "\"organization\":{\"id\":\"o-b\",\"managementAccount\":\"111122223333\"}", "different organizations")]
    public void Stacks_that_no_caller_shares_are_not_compared(string one, string other, string reason)
    {
        string Stack(string member) => $$"""{"identityPolicies":[{{Reader}}],{{member}}}""";
        Answer answer = NoNewAccess(Stack(one), Stack(other));
        Assert.Equal((Verdict.Unknown, UnknownReason.NotSupported), (answer.Verdict, answer.UnknownBecause));
        Assert.Contains(reason, answer.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Holds, NoNewAccess(Stack(one), Stack(one)).Verdict);
    }

    [Fact]
    public void Assumptions_are_named_where_the_proof_needs_them_and_only_there()
    {
        string gapped = Document(AllowAll, Deny("""{"Bool":{"aws:SecureTransport":["true","false"]}}"""));
        Answer needed = NotGranted(gapped, Document(Allow(action: "s3:*")));
        Assert.Equal(Verdict.Holds, needed.Verdict);
        Assert.Contains("linked-keys", needed.Assumptions);
        Assert.Empty(NoNewAccess(Reader, AnyReader).Assumptions);
    }

    [Fact]
    public void Without_its_assumption_the_same_question_is_refuted()
    {
        string gapped = Document(AllowAll, Deny("""{"Bool":{"aws:SecureTransport":["true","false"]}}"""));
        Assert.Equal(Verdict.Violated, NotGranted(gapped, Document(Allow(action: "s3:*")), ""","without":["linked-keys"]""").Verdict);
        Assert.Equal(Verdict.Violated, NotGranted(gapped, Document(Allow(action: "s3:*")), ""","world":"free" """).Verdict);
    }

    [Fact]
    public void The_catalogue_is_an_assumption()
    {
        string odd = Document(Allow(action: "s3:GetObject", resource: "arn:aws:s3:::b"));
        Answer answer = Can(odd);
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.Equal(["catalogue"], answer.Assumptions);
    }

    [Fact]
    public void A_property_that_describes_nothing_holds_and_says_that_this_means_nothing()
    {
        Answer answer = NotGranted(Document(AllowAll), Document(Allow(), Deny()));
        Assert.Equal(Verdict.Holds, answer.Verdict);
        Assert.Contains("describes no request at all", answer.Vacuous, StringComparison.Ordinal);
    }

    [Fact]
    public void What_blocks_is_named()
    {
        Answer answer = Question($$"""
            {"question":"can","identityPolicies":[{{Document(AllowAll)}}],"request":{"action":"s3:PutObject"},
             "serviceControlPolicies":[[{{Document(AllowAll, Deny(action: "iam:*"), Deny(action: "s3:Put*"))}}]]}
            """);
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Because because = Assert.Single(answer.Because);
        Assert.Equal("serviceControlPolicies[0][0]", because.Slot.ToString());
        Assert.Equal(2, because.Statement!.Index);
    }

    [Fact]
    public void A_layer_that_allows_nothing_is_named()
    {
        Answer answer = Question($$"""{"question":"can","identityPolicies":[{{Document(AllowAll)}}],"permissionsBoundary":{{Reader}},"request":{"action":"s3:PutObject"} }""");
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.Equal("permissionsBoundary", Assert.Single(answer.Because).Layer);
    }

    [Fact]
    public void What_lets_a_witness_through_is_named()
    {
        Because because = Assert.Single(NotGranted(Document(Allow(action: "a:c"), Allow(action: "a:b")), Document(Allow(action: "a:b"))).Because);
        Assert.Equal(1, because.Statement!.Index);
        Assert.Equal(Effect.Allow, because.Statement.Effect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_question_has_the_same_answer_witness_and_steps(bool refuted)
    {
        Query query = Read($$"""{"question":"no-new-access","policy":{{(refuted ? AnyReader : Reader)}},"baseline":{{(refuted ? Reader : AnyReader)}}}""");
        Answer first = Prover.Answer(query), second = Prover.Answer(query);
        Assert.Equal((first.Verdict, first.Reason, first.Steps, first.Told()), (second.Verdict, second.Reason, second.Steps, second.Told()));
        Assert.Equal(first.Assumptions, second.Assumptions);
    }
}
