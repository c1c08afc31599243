using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Linq;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Tests.Proving;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>Random predicates over a policy, each answer held against the evaluator and against the predicate decided on single requests.</summary>
public sealed class RandomPredicateTests(ITestOutputHelper output)
{
    private const int InGate = 300, Samples = 800;

    // Seeds of the second predicates, far from those of the first.
    private const ulong Apart = 1UL << 40;

    private static readonly PolicyDocument Document = Given.Alone(
        Allow(action: "a:*"),
        Allow(action: "s3:Get*", resource: "arn:aws:s3:::b*"),
        Allow(If("StringLike", "a:k", "a*"), "b:*"),
        Deny(If("StringNotEquals", "a:k", "b", "ab"), "a:b*"),
        Deny(If("NumericGreaterThan", "a:n", "1"), "b:b"),
        Deny(If("NotIpAddressIfExists", "aws:SourceIp", "10.0.0.0/8", "2001:db8::/32"), "s3:*"));

    public static TheoryData<bool> Subjects => [false, true];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void An_answer_agrees_with_what_is_decided_of_single_requests(bool asStack)
    {
        int empty = 0, shown = 0, undecided = 0, hits = 0;
        Random random = RandomRun.Random(7);
        PolicyStack stack = PolicyStack.Empty with { Account = "111122223333", IdentityPolicies = [Document] };
        RequestQuery all = asStack ? stack.AllowedRequests() : Document.AllowedRequests();
        bool soak = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int count);
        ulong first = RandomRun.Of(InGate).First;
        count = soak ? count / 100 : InGate;
        output.WriteLine($"{count} predicates from PROVABLESEC_SEED={first}");
        for (uint i = 0; i < count; i++)
        {
            RandomPredicate predicate = RandomPredicate.Any.At(first + i);
            RequestQuery query = all.Where(predicate.Lambda());
            if (i % 4 != 0)
            {
                // Most single predicates hold of something; of two, often none.
                RandomPredicate other = RandomPredicate.Any.At(first + i + Apart);
                query = query.Where(other.Lambda());
                predicate = RandomPredicate.Both(predicate, other);
            }

            Answer answer = query.Decide();
            if (answer.Verdict == Verdict.Unknown)
            {
                undecided++;
                output.WriteLine($"undecided: {predicate.Lambda()}: {answer.Reason}");
                continue;
            }

            if (answer.Witness is { } witness)
            {
                shown++;
                Assert.True(Allows(witness.Request, witness.Readings) && predicate.Holds(witness.Request),
                    $"{predicate.Lambda()} is not true of {Agreement.Shown(witness.Request)}");
                hits += Enumerable.Range(0, Samples).Any(_ => Request(random) is var request && predicate.Holds(request) && Allows(request, Reading.None)) ? 1
                    : 0;
                continue;
            }

            empty++;
            for (int n = 0; n < Samples; n++)
            {
                AccessRequest request = Request(random);
                Assert.False(predicate.Holds(request) && (Allows(request, Reading.None) || Allows(request, Reading.UnparsableIsFalse)),
                    $"{predicate.Lambda()} is true of {Agreement.Shown(request)}");
            }
        }

        string summary = $"{empty} empty, {shown} shown ({hits} of them by chance too), {undecided} undecided";
        output.WriteLine(summary);

        // That chance finds most of what there is shows that it would find what a wrong proof denies.
        Assert.True(empty > count / 5 && shown > count / 4 && hits > shown / 2 && undecided <= count / 50, summary);

        bool Allows(AccessRequest request, Reading readings) =>
            asStack ? Evaluator.Decide(stack, request, readings).IsAllowed : Evaluator.AllowsAlone(Document, PolicyStack.Empty, request, readings);
    }

    [Fact]
    public void The_replay_of_a_witness_decides_a_predicate_as_it_is_meant()
    {
        Random random = RandomRun.Random(11);
        ulong first = RandomRun.Of(InGate).First;
        for (uint i = 0; i < 2_000; i++)
        {
            RandomPredicate predicate = RandomPredicate.Any.At(first + i);
            RequestPredicate read = PredicateReader.Read(predicate.Lambda());
            for (int n = 0; n < 20; n++)
            {
                AccessRequest request = Request(random);
                bool holds = new PredicateReplay(Subject.Of(Document), request, (Reading)random.Next(1 << 16)).Holds(read);
                Assert.True(holds == predicate.Holds(request), $"{predicate.Lambda()} is {holds} of {Agreement.Shown(request)}");
            }
        }
    }

    /// <summary>A request that AWS can send, by its texts likely to matter to a predicate.</summary>
    private static AccessRequest Request(Random random)
    {
        string action = Pick("a:b", "a:ab", "a:c", "A:B", "a:bc", "b:b", "b:c", "sts:GetCallerIdentity", "s3:GetObject", "s3:GetBucketAcl");
        string resource = action switch
        {
            "s3:GetObject" => Pick("arn:aws:s3:::b/a", "arn:aws:s3:::bb/b", "arn:aws:s3:::c/ab"),
            "s3:GetBucketAcl" => Pick("arn:aws:s3:::b", "arn:aws:s3:::bb", "arn:aws:s3:::c"),
            "sts:GetCallerIdentity" => "*",
            _ => Pick("*", "arn:aws:s3:::b", "arn:aws:s3:::b/ab", "arn:aws:x:::a:b", "arn:aws:x:::b/a", "arn:aws:x:::A"),
        };
        string principal = Pick("arn:aws:iam::111122223333:user/a", "arn:aws:iam::111122223333:user/b", "arn:aws:iam::111122223333:role/ab",
            "arn:aws:iam::111122223333:user/a:b");
        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        Add("aws:RequestedRegion", false, ["eu-west-1", "eu-", "a", "b", "k", "ab"]);
        Add("a:k", true, RandomPredicate.Texts);
        Add("a:l", true, RandomPredicate.Texts);
        Add("a:n", true, ["0", "1", "2", "1.25", "1.75", "-1", "-2", "3", "x"]);
        Add("aws:SourceIp", true, ["10.0.0.1", "10.0.0.2", "10.128.0.0", "11.0.0.0", "2001:db8::1", "2001:db8::2", "2001:db9::"]);
        return new AccessRequest(CallerPrincipal.TryParse(principal, null, out _)!, action, resource, null, context.ToImmutable());

        string Pick(params string[] items) => items[random.Next(items.Length)];

        void Add(string key, bool maybeAbsent, string[] values)
        {
            if (!maybeAbsent || random.Next(3) > 0)
            {
                context.Add(new ContextEntry(key, key.ToLowerInvariant(), [Pick(values)]));
            }
        }
    }
}
