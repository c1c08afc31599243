using System.Text.Json.Nodes;
using ProvableSec.CertificateChecker;
using static ProvableSec.Reasoning.Tests.Certificates.Certified;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>
/// A certificate of which anything is changed is refused, or it is the certificate of another claim that holds too: one about policies that were
/// changed where the proof does not look.
/// </summary>
public sealed class CertificateMutationTests(ITestOutputHelper output)
{
    /// <summary>Proofs of different kinds: texts, intervals and readings, several values, a stack with assumptions, principals.</summary>
    private static readonly string[] Queries =
    [
        AskedNoNewAccess(Document(Allow("{}", "s3:Get*", "arn:aws:s3:::b/*"), Allow("{}", "sqs:*")),
            Document(Allow("{}", "s3:*", "arn:aws:s3:::*"), Allow("{}", "sqs:*"))),
        AskedNoNewAccess(Document(Allow(If("IpAddress", "a:ip", "10.0.0.0/9", "10.128.0.0/9"))), Document(Allow(If("IpAddress", "a:ip", "10.0.0.0/8"))),
            ""","world":"free" """),
        AskedNoNewAccess(Document(Allow(If("NumericNotEquals", "a:n", "2", "3"))), Document(Allow(If("NumericNotEquals", "a:n", "2.0"))),
            ""","world":"free" """),
        AskedNotGranted(Document(Allow(If("ForAllValues:StringEquals", "a:s", "a", "b"))), Document(Allow(If("ForAnyValue:StringLike", "a:s", "c*"))),
            ""","world":"free" """),
        $$"""{"question":"not-granted","identityPolicies":[{{Document(AllowAll)}}],"serviceControlPolicies":[[{{Document(AllowAll, Deny(If("ArnNotLike", "aws:PrincipalArn", "arn:*:iam::*:role/Admin"), "iam:*"))}}]],"forbidden":{{Document(Allow(If("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*"), "iam:*"))}}}""",
        """{"question":"can","policy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::444455556666:role/r"]},"Action":"s3:*","Resource":"*"}},"request":{"principal":"arn:aws:iam::444455556666:role/q","action":{"like":"s3:Get*"}}}""",
    ];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Queries.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Any_change_of_a_step_lemma_clause_or_atom_is_refused(int query)
    {
        string text = Certificate(Queries[query]);
        int tried = 0;
        foreach ((string what, string changed) in Changes(text))
        {
            tried++;
            CertificateReport report = Check(changed);
            Assert.False(report.IsValid, $"{what} was not noticed:\n{changed}");
            Assert.NotEqual("", report.Problem);
        }

        output.WriteLine($"{tried} changes, all refused");
        Assert.True(tried > 50, $"{tried} changes are too few to mean something");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_change_of_the_claim_is_refused_or_proves_what_it_then_claims(int query)
    {
        string text = Certificate(Queries[query]);
        int from = text.IndexOf("\"claim\"", StringComparison.Ordinal), to = text.IndexOf("\"atoms\"", StringComparison.Ordinal), refused = 0, kept = 0;
        for (int i = from; i < to; i++)
        {
            foreach (char c in "x*" + (char)(text[i] ^ 1))
            {
                string changed = text[..i] + c + text[(i + 1)..];
                if (c == text[i] || !Check(changed).IsValid)
                {
                    refused++;
                    continue;
                }

                // Then the prover, asked the question that the certificate states now, must say the same.
                kept++;
                Assert.True(ClaimedQuestion.Holds(changed), $"a certificate of what does not hold, changed at {i}:\n{changed}");
            }
        }

        output.WriteLine($"{refused} refused, {kept} of another claim that holds");
        Assert.True(refused > kept, "most of a claim matters to its proof");
    }

    /// <summary>Every single change of the parts below the claim.</summary>
    private static IEnumerable<(string What, string Text)> Changes(string text)
    {
        JsonNode Fresh() => JsonNode.Parse(text)!;
        foreach (string part in (string[])["atoms", "clauses", "lemmas", "steps"])
        {
            int count = Fresh()[part]!.AsArray().Count;
            for (int i = 0; i < count; i++)
            {
                JsonNode dropped = Fresh();
                dropped[part]!.AsArray().RemoveAt(i);
                yield return ($"{part}[{i}] dropped", dropped.ToJsonString());
                JsonNode doubled = Fresh();
                doubled[part]!.AsArray().Insert(i, doubled[part]![i]!.DeepClone());
                yield return ($"{part}[{i}] doubled", doubled.ToJsonString());
                foreach (string member in Fresh()[part]![i]!.AsObject().Select(m => m.Key).ToArray())
                {
                    foreach ((string what, JsonNode changed) in Changes(Fresh, part, i, member))
                    {
                        yield return ($"{part}[{i}].{member} {what}", changed.ToJsonString());
                    }
                }
            }
        }

        JsonNode version = Fresh();
        version["v"] = 1;
        yield return ("version", version.ToJsonString());
        JsonNode extra = Fresh();
        extra["more"] = 1;
        yield return ("a member added", extra.ToJsonString());
        yield return ("cut off", text[..^3]);
    }

    private static IEnumerable<(string What, JsonNode Changed)> Changes(Func<JsonNode> fresh, string part, int i, string member)
    {
        JsonNode gone = fresh();
        gone[part]![i]!.AsObject().Remove(member);
        yield return ("removed", gone);
        JsonNode at = fresh()[part]![i]![member]!;
        if (at is JsonArray numbers)
        {
            for (int n = 0; n < numbers.Count; n++)
            {
                JsonNode without = fresh();
                without[part]![i]![member]!.AsArray().RemoveAt(n);
                yield return ($"without {n}", without);
                foreach (int other in (int[])[-(int)numbers[n]!, (int)numbers[n]! + 1, (int)numbers[n]! - 1, 0, 1_000_000])
                {
                    JsonNode changed = fresh();
                    changed[part]![i]![member]![n] = other;
                    yield return ($"{n} is {other}", changed);
                }
            }

            JsonNode more = fresh();
            more[part]![i]![member]!.AsArray().Add(1);
            yield return ("with one more", more);
        }
        else if (at.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            JsonNode changed = fresh();
            changed[part]![i]![member] = (string)at! + " ";
            yield return ("changed", changed);
        }
        else
        {
            JsonNode changed = fresh();
            changed[part]![i]![member] = (int)at! + 1;
            yield return ("changed", changed);
        }
    }
}
