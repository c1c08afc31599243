using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Firehose;
using ProvableSec.Runtime.Tests.Firehose;

namespace ProvableSec.Runtime.Tests.Blocks;

/// <summary>
/// Damaged logs through every reader: nothing but what each says that it throws, every letter comes out again, and memory is bounded. PROVABLESEC_SOAK=N tries
/// N
/// inputs from a fresh seed, which is printed; PROVABLESEC_SEED=S starts at input S.
/// </summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private const int InGate = 1_000;
    private const long MostMemory = 256 << 20;

    private static readonly LogRules Keeping = Lines.Read("""{"version":1}""");
    private static readonly LogRules Redacting = Lines.Read("""{"version":1,"redact":[{"field":"header","except":"host","by":"remove"},{"field":"cookie","names":"*","by":"mask"},{"field":"args","by":"truncate","length":3}],"unwrap":"message"}""");

    private static readonly string[] Pieces =
    [
        Lines.Allowed(headers: Lines.Header("Host", "a.example") + "," + Lines.Header("Cookie", "a=b; c=d"), args: "a=1&b=\\u00e9"),
            Lines.Allowed().Replace(",\"", ",\n  \"", StringComparison.Ordinal), "[", "]", ",", "{", "}", "\"", "\\", "\uFEFF", "\r", " ", "{}",
        "{\"message\":" + JsonSerializer.Serialize(Lines.Allowed()) + "}", "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":"
            + JsonSerializer.Serialize(Lines.Allowed()) + "}]}", "{\"a\":[1,", new string('[', 70), "{\"a\":\"x",
    ];

    [Fact]
    public void No_reader_is_broken_by_what_it_reads()
    {
        (int count, ulong first) = RandomRun.Of(InGate);
        output.WriteLine($"{count} inputs from PROVABLESEC_SEED={first}");
        var failures = new ConcurrentDictionary<ulong, string>();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int kept = 0, unread = 0;
        Parallel.For(0, count, i =>
        {
            ulong seed = first + (ulong)i;
            PCG random = RandomCases.Generator(seed);
            byte[] text = Text(random), compressed = Damaged(Gzip(text), random, 2);
            try
            {
                (long records, long unprocessed) = Filter(new MemoryStream(text), text);
                Interlocked.Add(ref kept, (int)(records - unprocessed));
                Interlocked.Add(ref unread, (int)unprocessed);
                Transform(text, compressed, random);
                Decompress(compressed);
                GzipDiagnosis.Find(new MemoryStream(compressed));
                LogRulesReader.Read(Damaged(Encoding.UTF8.GetBytes("""{"version":1,"rules":[{"id":"a","when":{"action":["ALLOW"],"clientIp":"10.0.0.0/8"},"then":"drop"}],"redact":[{"field":"uri","by":"mask"}]}"""), random, 3));
            }
            catch (Exception e)
            {
                failures.TryAdd(seed, $"{e}\n{Encoding.Latin1.GetString(text)}");
            }
        });

        output.WriteLine($"{kept} records kept, {unread} unprocessed");
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.OrderBy(f => f.Key).Take(3).Select(f => $"PROVABLESEC_SEED={f.Key}: {f.Value}")));
        Assert.InRange(kept, count, int.MaxValue);
        Assert.InRange(unread, count, int.MaxValue);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostMemory);
    }

    /// <summary>Reads lines, and finds every letter in what comes out; what is unpacked loses the letters around it.</summary>
    private static (long Records, long Unprocessed) Filter(Stream input, byte[] text)
    {
        ByteBuffer kept = new(), unprocessed = new();
        LogFilterSession session = new LogFilter(Keeping).CreateSession(), redacting = new LogFilter(Redacting).CreateSession();
        var reader = new LogBlockReader(input, LogBlock.Size);
        var block = new LogBlock();
        while (reader.TryRead(block))
        {
            if (block.IsTooLong)
            {
                session.PassTooLong(block.Lines, block.BeginsTooLong, kept, unprocessed);
                continue;
            }

            session.FilterLines(block.Lines, isFinal: true, kept, unprocessed);
            redacting.FilterLines(block.Lines, isFinal: true, new ByteBuffer(), new ByteBuffer());
        }

        if (text.AsSpan().IndexOf("DATA_MESSAGE"u8) < 0)
        {
            int expected = text.Count(b => char.IsAsciiLetter((char)b)), actual = Letters(kept.Written) + Letters(unprocessed.Written);
            Assert.Equal(expected, actual);
        }

        return (session.Counts.Records, session.Counts.Unprocessed);
    }

    private static void Transform(byte[] text, byte[] compressed, PCG random)
    {
        var transformation = new FirehoseTransformation(new FilteringTransformer(new LogFilter(Redacting), LogField.Action));
        var response = new ByteBuffer();
        byte[] json = Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf(text, compressed, text));
        transformation.Transform(json, response);
        Assert.Equal(3, FirehoseAnswers.Read(response.Written).Length);
        Assert.Null(transformation.Unexpected);
        byte[] broken = Damaged(json, random, 3);
        try
        {
            if (ObjectEvent.IsOne(broken))
            {
                ObjectEvent.Read(broken);
            }
            else
            {
                transformation.Transform(broken, response);
                Assert.Null(transformation.Unexpected);
            }
        }
        catch (JsonException)
        {
            // The event as a whole is answered with an error.
        }
    }

    private static void Decompress(byte[] compressed)
    {
        using var input = new GzipInput(new MemoryStream(compressed));
        try
        {
            input.CopyTo(Stream.Null);
        }
        catch (InvalidDataException)
        {
            // That is what it says of damaged files.
        }
    }

    private static byte[] Text(PCG random)
    {
        var text = new StringBuilder();
        for (uint n = random.Next(14) + 1; n > 0; n--)
        {
            text.Append(Pieces[random.Next(3) == 0 ? random.Next((uint)Pieces.Length) : random.Next(2)]).Append(random.Next(5) == 0 ? "" : "\n");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.Next(3) == 0 ? bytes : Damaged(bytes, random, 4);
    }

    private static byte[] Damaged(byte[] bytes, PCG random, uint times)
    {
        var damaged = new List<byte>(bytes);
        for (uint n = random.Next(times + 1); n > 0 && damaged.Count > 0; n--)
        {
            int at = (int)random.Next((uint)damaged.Count);
            switch (random.Next(4))
            {
                case 0:
                    damaged.RemoveRange(at, Math.Min((int)random.Next(50), damaged.Count - at));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at / 2, Math.Min((int)random.Next(80), damaged.Count - (at / 2))));
                    break;
                default:
                    damaged.Insert(at, "\"\\{}[],:\n"u8[(int)random.Next(9)]);
                    break;
            }
        }

        return [.. damaged];
    }

    private static int Letters(ReadOnlySpan<byte> bytes)
    {
        int letters = 0;
        foreach (byte b in bytes)
        {
            letters += char.IsAsciiLetter((char)b) ? 1 : 0;
        }

        return letters;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
