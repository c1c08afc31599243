using System.Collections.Concurrent;
using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>
/// Random lines by way of their templates, structurally, and by System.Text.Json: all three say the same. PROVABLESEC_SOAK=N tries N lines from a fresh
/// seed, which is printed; PROVABLESEC_SEED=S starts at line S.
/// </summary>
public sealed class FastPathTests(ITestOutputHelper output)
{
    private const int InGate = 20_000, SessionLines = 1_000;

    private static readonly LogRules Redacting = Lines.Read(
        """
        {"version": 1,
         "rules": [{"id": "sampled", "when": {"label": "l/"}, "then": "sample", "oneIn": 2},
                   {"id": "dropped", "when": {"any": [{"uri": "*BLOCK"}, {"header": {"hALLOW": "*"}}], "not": {"matchedAction": ["COUNT", ""]}}, "then": "drop"},
                   {"id": "kept", "when": {"clientIp": "2001:db8::/32", "requestBodySize": {"atLeast": 7, "below": 101}}, "then": "keep"}],
         "redact": [{"field": "header", "names": "authorization", "by": "mask"}, {"field": "header", "names": "hBLOCK", "by": "remove"},
                    {"field": "cookie", "names": "session", "by": "remove"}, {"field": "argument", "names": "token", "by": "hmac"},
                    {"field": "clientIp", "by": "prefix"}, {"field": "uri", "by": "truncate", "length": 3}]}
        """);

    [Fact]
    public void The_shortcut_the_structural_reader_and_another_reader_agree()
    {
        (int count, ulong first) = RandomRun.Of(InGate);
        output.WriteLine($"{count} lines from PROVABLESEC_SEED={first}");
        var failures = new ConcurrentDictionary<ulong, string>();
        var statuses = new ConcurrentDictionary<RecordStatus, int>();
        var structural = new ConcurrentBag<(long Structural, long New)>();
        Parallel.For(0, (count + SessionLines - 1) / SessionLines, chunk =>
        {
            // Sessions live on from line to line, so that the shapes of one are there for the next.
            var pair = new SessionPair(Redacting);
            var drawing = new RandomLine();
            for (int i = chunk * SessionLines; i < Math.Min(count, (chunk + 1) * SessionLines); i++)
            {
                ulong seed = first + (ulong)i;
                byte[] line = drawing.At(seed);
                foreach ((byte[] one, bool intact) in new[]
                {
                    (line, drawing.IsIntact), (Twin(line), drawing.IsIntact),
                    (drawing.Damaged(line), false), (drawing.Damaged(Twin(line)), false),
                })
                {
                    if (pair.Disagreement(one, intact) is { } failed)
                    {
                        failures.TryAdd(seed, $"{failed}\n{Encoding.UTF8.GetString(one)}");
                    }

                    statuses.AddOrUpdate(pair.Status, 1, (_, n) => n + 1);
                }
            }

            structural.Add((pair.StructuralReads, pair.NewTemplates));
        });

        output.WriteLine($"{string.Join(", ", statuses.Select(s => $"{s.Value} {s.Key}"))}; {structural.Sum(s => s.Structural)} read structurally, {structural.Sum(s => s.New)} templates");
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.OrderBy(f => f.Key).Take(3).Select(f => $"PROVABLESEC_SEED={f.Key}: {f.Value}")));

        // A test that met no record of some kind would have shown nothing about it.
        Assert.True(statuses[RecordStatus.Valid] > count / 2);
        Assert.True(statuses[RecordStatus.Malformed] > count / 20);
        Assert.True(statuses[RecordStatus.NotWafRecord] > count / 50);
        Assert.True(statuses[RecordStatus.RepeatedMember] > count / 50);
        Assert.InRange(structural.Sum(s => s.Structural - s.New), count / 50, 3 * count);
        Assert.True((4 * count) - structural.Sum(s => s.Structural) > count / 4);
    }

    /// <summary>What benchmarks measure is what they say: records, of which the default rules drop most and keep some.</summary>
    [Fact]
    public void All_readers_agree_about_what_benchmarks_measure()
    {
        string[] lines = Encoding.UTF8.GetString(WafRecord.Lines(1 << 20, out int records)).TrimEnd('\n').Split('\n');
        Assert.Equal(records, lines.Length);
        var pair = new SessionPair(Redacting);
        Assert.All(lines, line => Assert.Null(pair.Disagreement(Encoding.UTF8.GetBytes(line), false)));
        Assert.InRange(lines.Count(line => ReferenceReading.Drops(Encoding.UTF8.GetBytes(line))), records * 8 / 10, records - 1);
    }

    /// <summary>A line that says something else in the same structure, so that what was learned of the one is used for the other.</summary>
    private static byte[] Twin(byte[] line) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(line)
        .Replace("ALLOW", "BLOCKED", StringComparison.Ordinal).Replace("BLOCK", "ALLOW", StringComparison.Ordinal)
            .Replace("COUNT", "", StringComparison.Ordinal)
        .Replace("198.51.100.7", "2001:db8:0:1:2::", StringComparison.Ordinal).Replace("1767225600000", "17", StringComparison.Ordinal));

    /// <summary>Lines one after the other in a file are the same lines, wherever the blocks of 64 bytes fall.</summary>
    [Fact]
    public void Lines_are_told_apart_wherever_they_begin()
    {
        var drawing = new RandomLine();
        byte[][] lines = [.. Enumerable.Range(0, 2_000).Select(i => drawing.At((ulong)i))];
        ByteBuffer together = new(), apart = new();
        LogFilterSession session = new LogFilter(Redacting, new byte[LogFilter.LeastKeyBytes]).CreateSession();
        foreach (byte[] line in lines)
        {
            int before = apart.Length;
            FilterVerdict verdict = session.Filter(line, apart);
            apart.Write(verdict == FilterVerdict.Dropped ? default : "\n"u8);
            Assert.True(verdict != FilterVerdict.Dropped || apart.Length == before);
        }

        LogFilterSession other = new LogFilter(Redacting, new byte[LogFilter.LeastKeyBytes]).CreateSession();
        other.FilterLines((byte[])[.. lines.SelectMany(line => (byte[])[.. line, (byte)'\n'])], isFinal: true, together);
        Assert.Equal(apart.Written.ToArray(), together.Written.ToArray());
        Assert.Equal(session.Counts.Reasons, other.Counts.Reasons);
    }
}
