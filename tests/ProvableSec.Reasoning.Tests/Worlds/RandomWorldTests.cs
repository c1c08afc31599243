using System.Collections.Concurrent;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>The generators of worlds reach what they are there for: what is never drawn is never tested.</summary>
public sealed class RandomWorldTests
{
    [Fact]
    public void Questions_and_requests_reach_every_kind_of_caller_resource_and_key()
    {
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        int possible = 0, drawn = 0;
        ulong first = RandomRun.Of(1).First;
        Parallel.For(0, 400, number =>
        {
            Query query = RandomQuery.OfWorlds.At(first + (ulong)number).Read();
            Note(query.Subject.Stack is not { } stack ? "a document alone" : stack.ResourcePolicy is not null ? "a resource policy" : stack.HasNoResourcePolicy
                ? "no resource policy" : "a resource policy that is not given");
            Note(query.Subject.Stack?.Organization is null ? "no organization" : "an organization");
            foreach (string key in QuestionWorld.KeysAsked(query))
            {
                Note("key of " + (key.StartsWith("aws:", StringComparison.Ordinal) ? "all services" : "one service"));
                Note(key);
            }

            if (query.World == World.Free)
            {
                return;
            }

            WitnessValidator validator = QuestionWorld.Validator(query);
            var requests = new AttackRequests(query, validator, RandomRun.Random(number));
            for (int i = 0; i < 100; i++)
            {
                Interlocked.Increment(ref drawn);
                if (requests.Next() is { } request)
                {
                    Interlocked.Increment(ref possible);
                    Assert.Empty(validator.Violations(request));
                    Note("caller " + request.Principal.Kind);
                    Note(request.Resource.Contains("::parameter/aws/service/", StringComparison.Ordinal)
                        || request.Resource.Contains(":iam::aws:policy/", StringComparison.Ordinal) ? "a resource of AWS"
                        : request.Resource.Contains(".mrap", StringComparison.Ordinal) ? "a Multi-Region Access Point"
                        : (request.ResourceAccount ?? (request.Resource.Split(':') is { Length: > 5 } fields && fields[4].Length == 12 ? fields[4]
                            : request.Principal.Account)) == request.Principal.Account ? "a resource of the caller's account"
                            : "a resource of another account");
                    if (query.Subject.Stack?.Organization is { } organization && request.Principal.Account.Length > 0)
                    {
                        Note(organization.Accounts.ContainsKey(request.Principal.Account) ? "a caller inside the organization"
                            : "a caller outside the organization");
                    }
                }
            }
        });

        string[] all =
        [
            .. Enum.GetNames<PrincipalKind>().Select(k => "caller " + k), "a document alone", "a resource policy", "no resource policy",
                "a resource policy that is not given", "no organization", "an organization", "key of one service",
            "a resource of AWS", "a Multi-Region Access Point", "a resource of the caller's account", "a resource of another account",
                "a caller inside the organization", "a caller outside the organization",
        ];
        Assert.Empty(all.Where(a => seen.GetValueOrDefault(a) < 10).Select(a => $"{a}: {seen.GetValueOrDefault(a)}"));
        Assert.InRange(seen.Count, 250, int.MaxValue);
        Assert.InRange(possible / (double)drawn, 0.3, 1);

        void Note(string what) => seen.AddOrUpdate(what, 1, (_, n) => n + 1);
    }
}
