using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Witnesses;

/// <summary>A request that shows something is made easier to read as long as that is cheap; one with long texts, or where the budget is used up, is shown as it
/// was found.</summary>
public sealed class WitnessLimitTests
{
    /// <summary>Each look at the long request is a sixth of what may be spent, and that AWS has no region of the name found is looked at after
    /// others.</summary>
    [Theory]
    [InlineData(30, "eu-west-1")]
    [InlineData(29_000, "eu-x")]
    public void Long_request_is_shown_as_long_as_it_is(int length, string region)
    {
        string agent = If("StringEquals", "aws:UserAgent", new string('a', length));
        string policy = Document(Allow(agent, "s3:GetObject", "arn:aws:s3:::b/*"), Deny(If("StringEquals", "aws:PrincipalTag/a", "b")),
            Deny(If("StringNotLike", "aws:RequestedRegion", "eu-*")));
        Assert.Equal($"Holds s3:GetObject arn:aws:s3:::b/example aws:UserAgent={new string('a', length)} aws:RequestedRegion={region}", Prover.Answer(Read($$"""{"question":"can","policy":{{policy}}}""") with { SearchOnly = true }).Told());
    }

    [Fact]
    public void Request_is_shown_whatever_is_left_to_make_it_easier_to_read()
    {
        string policy = Document(Allow(If("StringLike", "aws:RequestedRegion", "??-w*"), "s3:Get*", "arn:aws:s3:::b/*"), Deny(action: "s3:GetObject"));
        Query query = Read($$"""{"question":"can","policy":{{policy}}}""") with { SearchOnly = true };
        Answer full = Prover.Answer(query);
        Assert.Equal(Verdict.Holds, full.Verdict);
        long least = full.Steps;
        for (long steps = full.Steps; Prover.Answer(query with { Budget = steps }) is { Verdict: Verdict.Holds } answer; steps--)
        {
            Assert.Null(Agreement.Disagreement(query, answer, 0, RandomRun.Random(1)));
            Assert.InRange(answer.Steps, 0, steps);
            least = steps;
        }

        // What it takes to make it easier to read is counted, and not needed.
        Assert.InRange(least, 0, full.Steps - 1);
    }
}
