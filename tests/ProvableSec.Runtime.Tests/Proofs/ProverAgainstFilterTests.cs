using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using ProvableSec.Logs.Proofs;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Runtime.Tests.Proofs;

/// <summary>
/// Random filters, each answer held against the filter itself on random records made of the same words. PROVABLESEC_SOAK=N tries N filters from a fresh
/// seed, which is printed; PROVABLESEC_SEED=S starts at filter S.
/// </summary>
public sealed class ProverAgainstFilterTests(ITestOutputHelper output)
{
    private const int InGate = 2_000, RecordsEach = 60;

    private static readonly string[] Actions = ["ALLOW", "BLOCK", "CAPTCHA", "CHALLENGE", "*", "*C*", "B*"];
    private static readonly string[] Matched = ["ALLOW", "BLOCK", "COUNT", "CAPTCHA", "EXCLUDED_AS_COUNT", "*", "*C*", "B*", ""];
    private static readonly string[] Words = ["a", "b", "ab", "a*", "*b", "*", "a*b", "*a*", ""];
    private static readonly string[] Ranges = ["10.0.0.0/8", "10.0.0.0/9", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "::/0"];

    [Fact]
    public void No_record_contradicts_a_verdict()
    {
        (int count, ulong first) = RandomRun.Of(InGate);
        output.WriteLine($"{count} filters from PROVABLESEC_SEED={first}");
        var failures = new ConcurrentDictionary<ulong, string>();
        var verdicts = new ConcurrentDictionary<(FilterProperty, Verdict), int>();
        Parallel.For(0, count, i =>
        {
            ulong seed = first + (ulong)i;
            PCG random = RandomCases.Generator(seed);
            string text = Filter(random), other = Filter(random);
            foreach (string failed in Contradictions(text, other, random, verdicts))
            {
                failures.TryAdd(seed, failed);
            }
        });

        foreach (KeyValuePair<(FilterProperty, Verdict), int> verdict in verdicts.OrderBy(v => v.Key))
        {
            output.WriteLine($"{verdict.Value,7} {verdict.Key}");
        }

        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.OrderBy(f => f.Key).Take(3).Select(f => $"PROVABLESEC_SEED={f.Key}: {f.Value}")));
        Assert.True(verdicts.Where(v => v.Key.Item2 == Verdict.Unknown).Sum(v => v.Value) < count / 100, "too many undecided");
        Assert.True(verdicts[(FilterProperty.KeepsTerminated, Verdict.Holds)] > count / 20);
        Assert.True(verdicts[(FilterProperty.RuleIsMet, Verdict.Violated)] > count / 20);
        Assert.True(verdicts[(FilterProperty.SameRecords, Verdict.Holds)] > count / 50);
    }

    private static IEnumerable<string> Contradictions(string text, string other, PCG random, ConcurrentDictionary<(FilterProperty, Verdict), int> verdicts)
    {
        LogRules rules = Lines.Read(text), baseline = Lines.Read(other);
        FilterProof[] proofs = [.. FilterProver.All(rules), FilterProver.SameRecords(rules, baseline)];
        LogFilterSession session = new LogFilter(rules).CreateSession(), baselineSession = new LogFilter(baseline).CreateSession();
        var met = new HashSet<string>();
        (bool Terminated, bool Counted, bool Different) dropped = default;
        for (int i = 0; i < RecordsEach; i++)
        {
            string record = Record(random, out bool written);
            string[] before = [.. session.Counts.Reasons.Select(r => $"{r.KeptRecords + r.DroppedRecords}")];
            bool drops = Drops(session, record);
            met.UnionWith(!written ? [] : session.Counts.Reasons.Where((r, n) => before[n] != $"{r.KeptRecords + r.DroppedRecords}").Select(r => r.Name));
            dropped.Terminated |= drops && (record.Contains("\"action\":\"BLOCK\",\"h", StringComparison.Ordinal)
                || record.Contains("\"action\":\"CAPTCHA\",\"h", StringComparison.Ordinal));
            dropped.Counted |= drops && record.Contains("COUNT\"}", StringComparison.Ordinal);
            dropped.Different |= drops != Drops(baselineSession, record);
        }

        foreach (FilterProof proof in proofs)
        {
            verdicts.AddOrUpdate((proof.Property, proof.Verdict), 1, (_, n) => n + 1);
            bool contradicted = proof.Property switch
            {
                FilterProperty.KeepsTerminated => proof.Verdict == Verdict.Holds && dropped.Terminated,
                FilterProperty.KeepsCounted => proof.Verdict == Verdict.Holds && dropped.Counted,
                FilterProperty.SameRecords => proof.Verdict == Verdict.Holds && dropped.Different,
                _ => proof.Verdict == Verdict.Violated && met.Contains(proof.Rule!),
            };
            if (contradicted)
            {
                yield return $"{proof.Property} is said to be {proof.Verdict} of {text}\nbeside {other}";
            }
        }
    }

    private static bool Drops(LogFilterSession session, string record) =>
        session.Filter(Encoding.UTF8.GetBytes(record), new ByteBuffer()) == FilterVerdict.Dropped;

    private static string Filter(PCG random)
    {
        uint count = random.Next(3) + 1;
        string[] rules =
            [.. Enumerable.Range(0, (int)count)
            .Select(i => $"{{\"id\":\"r{i}\",\"when\":{Condition(random, 2)},\"then\":{(random.Next(2) == 0 ? "\"keep\"" : random.Next(8) == 0 ? "\"sample\",\"oneIn\":2" : "\"drop\"")}}}")];
        return $"{{\"version\":1,\"otherwise\":\"{(random.Next(4) == 0 ? "drop" : "keep")}\",\"rules\":[{string.Join(',', rules)}]}}";
    }

    private static string Condition(PCG random, int depth)
    {
        string Any(string[] words) => random.Next(3) == 0 ? $"[\"{words[random.Next((uint)words.Length)]}\",\"{words[random.Next((uint)words.Length)]}\"]"
            : $"\"{words[random.Next((uint)words.Length)]}\"";
        return random.Next(depth == 0 ? 8u : 12) switch
        {
            0 => $"{{\"action\":{Any(Actions)}}}",
            1 => $"{{\"matchedAction\":{Any(Matched)}}}",
            2 => $"{{\"matchedRule\":{Any(Words)}}}",
            3 => $"{{\"label\":{Any(Words)}}}",
            4 => $"{{\"host\":{Any(Words)}}}",
            5 => $"{{\"header\":{{\"host\":{Any(Words)}}}}}",
            6 => $"{{\"clientIp\":{Any(Ranges)}}}",
            7 => $"{{\"requestBodySize\":{{\"atLeast\":{random.Next(4)},\"below\":{4 + random.Next(3)}}}}}",
            8 or 9 => $"{{\"not\":{Condition(random, depth - 1)}}}",
            10 => $"{{\"any\":[{Condition(random, depth - 1)},{Condition(random, depth - 1)}]}}",
            _ => $"{{\"all\":[{Condition(random, depth - 1)},{Condition(random, depth - 1)}]}}",
        };
    }

    private static string Record(PCG random, out bool written)
    {
        string Any(string[] words) => words[random.Next((uint)words.Length)].Replace("*", random.Next(2) == 0 ? "" : "x", StringComparison.Ordinal);
        string Many(Func<string> one) => string.Join(',', Enumerable.Range(0, (int)random.Next(3)).Select(_ => one()));
        // Some records are none that AWS WAF writes: they meet rules, too, but not those that no other can meet.
        bool proper = written = random.Next(8) != 0;
        string action = proper ? $"\"action\":\"{Actions[random.Next(4)]}\"," : random.Next(2) == 0 ? "" : $"\"action\":\"{Any(Matched)}\",";
        string host = random.Next(2) == 0 ? "" : $",\"host\":\"{Any(Words).ToUpperInvariant()}\"";
        string address = random.Next(6) == 0 ? "" : $"\"clientIp\":\"{(random.Next(3) == 0 ? "2001:db8::1" : $"10.{random.Next(3) * 100}.2.3")}\",";
        return $"{{{action}\"httpRequest\":{{{address}\"requestId\":\"{random.Next(100)}\",\"headers\":[{Many(() => Lines.Header("Host", Any(Words)))}]{host}}},"
            + $"\"nonTerminatingMatchingRules\":[{Many(() => $"{{\"ruleId\":\"{Any(Words)}\",\"action\":\"{(proper ? Matched[random.Next(5)] : Any(Matched))}\"}}")}],"
            + $"\"labels\":[{Many(() => $"{{\"name\":\"{Any(Words)}\"}}")}],\"requestBodySize\":{random.Next(7)}}}";
    }
}
