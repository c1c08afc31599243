using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Linq;
using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Linq.Given;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>What a user of the query sees.</summary>
public sealed class RequestQueryTests
{
    private const string IamInEurope = """{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}""";
    private static readonly string Region = "eu-west-1";

    private static string Boundary => "iam:*";

    [Fact]
    public void A_query_has_a_witness()
    {
        RequestQuery query = from r in Stack(Allow(action: "iam:*")).AllowedRequests()
                             where r.Action.Matches("iam:*") && r["aws:RequestedRegion"] != "eu-west-1"
                             select r;
        Assert.True(query.Any());
        Assert.False(query.IsEmpty());
        Witness witness = query.FirstOrDefault()!;
        Assert.StartsWith("iam:", witness.Request.Action, StringComparison.Ordinal);
        Assert.Equal("111122223333", witness.Request.Principal.Account);
        Assert.DoesNotContain("eu-west-1", witness.Request.Context.Single(e => e.Key == "aws:RequestedRegion").Values);
    }

    [Fact]
    public void Emptiness_is_proved()
    {
        RequestQuery query = from r in Stack(IamInEurope).AllowedRequests()
                             where r.Action.Matches("iam:*") && r["aws:RequestedRegion"] != "eu-west-1"
                             select r;
        Assert.False(query.Any());
        Assert.True(query.IsEmpty());
        Assert.True(query.IsEmpty(out Answer answer));
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.Null(query.FirstOrDefault());
        Assert.Empty(query.Take(3));
    }

    [Fact]
    public void A_proof_names_what_it_assumes()
    {
        RequestQuery query = Stack(AllowAll).AllowedRequests().Where(r => r["aws:RequestedRegion"].IsAbsent);
        Assert.True(query.IsEmpty(out Answer answer));
        Assert.Equal(["linked-keys"], answer.Assumptions);
        Assert.True(query.In(World.Free).Any());
    }

    [Fact]
    public void A_proof_names_who_blocks()
    {
        Assert.True(Stack(AllowAll, Deny(action: "iam:*")).AllowedRequests().Where(r => r.Action == "iam:PassRole").IsEmpty(out Answer answer));
        Assert.Equal(Effect.Deny, Assert.Single(answer.Because).Statement!.Effect);
    }

    [Fact]
    public void Conditions_add_up_and_a_query_is_not_changed_by_its_refinement()
    {
        RequestQuery wide = Stack(Allow(action: "iam:*")).AllowedRequests().Where(r => r.Action.StartsWith("iam:Pass"));
        RequestQuery narrow = wide.Where(r => r.Action.EndsWith("Role")).Select(r => r);
        Assert.Equal("iam:PassRole", narrow.FirstOrDefault()!.Request.Action);
        Assert.True(narrow.Where(r => r.Action == "iam:CreateUser").IsEmpty());
        Assert.True(wide.Any());
    }

    [Fact]
    public void Without_a_condition_all_that_is_allowed_is_asked_about()
    {
        Assert.True((from r in Stack(AllowAll).AllowedRequests() select r).Any());
        Assert.True(Stack(AllowAll, Deny()).AllowedRequests().Any());
        Assert.True(Alone(AllowAll, Deny()).AllowedRequests().IsEmpty());
    }

    [Fact]
    public void Variables_fields_and_properties_are_taken_as_they_are()
    {
        string prefix = "iam:";
        int limit = 3;
        (string Key, string Other) pair = ("aws:RequestedRegion", "x");
        RequestQuery query = Alone(IamInEurope).AllowedRequests();
        Assert.True(query.Where(r => r.Action.Matches(prefix + "*") && r[pair.Key] == Region && r.Action.Matches(Boundary)).Any());
        Assert.True(query.Where(r => r[pair.Key] == pair.Other).IsEmpty());
        Assert.True(query.Where(r => r["a:n"] < limit && r["a:n"] > limit).IsEmpty());
        prefix = "s3:";
        Assert.False(query.Where(r => r.Action.Matches(prefix + "*")).Any());
    }

    [Fact]
    public void A_document_alone_is_asked_as_what_it_is()
    {
        Assert.True(Alone("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""").AllowedRequests()
            .Where(r => r.Principal.IsAbsent).Any());
        Assert.True(Alone(AllowAll).AllowedRequests().Where(r => r.Principal.IsAbsent).IsEmpty());
        Assert.Contains("grants nothing by itself", Assert.Throws<UndecidedException>(() => Alone(AllowAll).AllowedRequests(PolicyType.ServiceControlPolicy)
            .Any()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_undecided_is_no_Boolean()
    {
        RequestQuery query = Stack(Allow(action: "iam:*")).AllowedRequests().Where(r => r.Action.Matches("iam:*")).WithBudget(1);
        Answer answer = query.Decide();
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        UndecidedException e = Assert.Throws<UndecidedException>(() => query.Any());
        Assert.Contains(answer.Reason, e.Message, StringComparison.Ordinal);
        Assert.Throws<UndecidedException>(() => query.IsEmpty());
        Assert.Throws<UndecidedException>(() => query.IsEmpty(out _));
        Assert.Throws<UndecidedException>(() => query.FirstOrDefault());
        Assert.Throws<UndecidedException>(() => query.Take(2));
        Assert.Equal(UnknownReason.Canceled, query.WithBudget(Query.DefaultBudget).Decide(new CancellationToken(true)).UnknownBecause);
    }

    [Fact]
    public void What_the_prover_does_not_answer_is_said_to_be_so()
    {
        // A number and a pattern of characters at once: such mixes are not searched exhaustively.
        PolicyDocument mixed = Alone("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"a:k":"3"},"NumericGreaterThan":{"a:k":"2"},"StringLike":{"a:k":"*7*7*7*7*7"}}}""");
        UndecidedException e = Assert.Throws<UndecidedException>(() => mixed.AllowedRequests().Any());
        Assert.Contains("a:k", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_document_with_errors_nothing_is_concluded()
    {
        PolicyDocument broken = Alone("""{"Effect":"Permit","Action":"*","Resource":"*"}""");
        Assert.Contains("Permit", Assert.Throws<ArgumentException>(() => broken.AllowedRequests()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (ProvableSec.Policy.Cases.PolicyStack.Empty with { IdentityPolicies = [broken] }).AllowedRequests());
    }
}
