using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Records of all kinds that cannot be read: each is answered ProcessingFailed, and costs no other record of the event.</summary>
public sealed class HostileRecordTests
{
    private const string Secret = "the client's own";

    private static readonly LogRules Masking = Lines.Read("""{"version":1,"redact":[{"field":"args","by":"mask"}]}""");
    private static readonly string One = Lines.Allowed(args: Secret, uri: "/1"), Masked = One.Replace(Secret, "REDACTED");

    public static TheoryData<byte[]> Unreadable()
    {
        byte[] whole = Gzip(One), changed = [.. whole];
        changed[^6] ^= 1;
        return new(
            Gzip("{}"), Gzip("[]"), Gzip("null"), Gzip("5"), Gzip("{\"messageType\":5,\"logEvents\":5}"), Gzip("{\"messageType\":\"DATA_MESSAGE\"}"),
                Gzip("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":{}}"),
            Gzip("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[5]}"), Gzip("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":{}}]}"),
                Gzip("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\"\\ud800\"}]}"),
            Gzip(One)[..^1], Gzip(One)[..20], [0x1F, 0x8B], [0x1F, 0x8B, 0x08], changed, [.. whole, 1, 2, 3], Gzip("\uFFFE" + One + "x"),
                Encoding.Unicode.GetBytes(One),
            Encoding.UTF8.GetBytes("{\"data\":" + One + "}"), Encoding.UTF8.GetBytes("{\"message\":" + JsonSerializer.Serialize(One) + "}"),
                Encoding.UTF8.GetBytes($"{One}\n{{\"a\":1}}\n"),
            Encoding.UTF8.GetBytes("{\"eventVersion\":\"1.08\",\"userIdentity\":{}}"), Encoding.UTF8.GetBytes(new string('[', 100_000)),
                Encoding.UTF8.GetBytes("{\"httpRequest\":\"" + Secret + "\"}"), [0xFF], [0]);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_record_that_cannot_be_read_fails_alone(byte[] data)
    {
        byte[] good = Encoding.UTF8.GetBytes(One);
        var filtering = new FilteringTransformer(new LogFilter(Masking));
        var transformation = new FirehoseTransformation(filtering);
        var response = new ByteBuffer();
        for (int round = 0; round < 2; round++)
        {
            transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf(good, data, good)), response);
            Assert.Equal([("id-0", "Ok", Masked + "\n"), ("id-1", "ProcessingFailed", null), ("id-2", "Ok", Masked + "\n")],
                FirehoseAnswers.Read(response.Written));
            Assert.Equal((1, 2), (transformation.Failed, filtering.Counts.Records));
            Assert.Null(transformation.Unexpected);
        }
    }

    [Fact]
    public void A_record_decompresses_to_32_MB_at_most()
    {
        string line = One + "\n";
        int fit = RecordInflation.MostBytes / line.Length;
        LogRules drop = Lines.Read("""{"version":1,"otherwise":"drop"}""");
        string ResultOf(int lines)
        {
            var response = new ByteBuffer();
            new FirehoseTransformation(new FilteringTransformer(new LogFilter(drop)))
                .Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf(Gzip(string.Concat(Enumerable.Repeat(line, lines))))), response);
            return FirehoseAnswers.Read(response.Written)[0].Result;
        }

        Assert.Equal(("Dropped", "ProcessingFailed"), (ResultOf(fit), ResultOf(fit + 1)));
    }

    [Fact]
    public void Batches_that_outgrow_the_answer_are_not_done_and_advice_is_computed()
    {
        // Compressed to little, as batches of CloudWatch Logs are.
        byte[] batch = FirehoseAnswers.Subscription("DATA_MESSAGE", [.. Enumerable.Range(0, 500).Select(i => One.Replace("\"r-1\"", $"\"{i * 7919}\""))]);
        var filtering = new FilteringTransformer(new LogFilter(Masking));
        var transformation = new FirehoseTransformation(filtering);
        var response = new ByteBuffer();
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf([.. Enumerable.Repeat(batch, 60)])), response);
        (string Id, string Result, string? Data)[] answers = FirehoseAnswers.Read(response.Written);
        Assert.InRange(response.Length, 1, FirehoseTransformation.MostResponseBytes);
        Assert.All(answers, answer => Assert.Equal(answer.Result == "Ok" ? 500 : 0, answer.Data?.Split("REDACTED").Length - 1 ?? 0));
        int done = answers.Count(answer => answer.Result == "Ok");
        Assert.Equal((60 - done, done * 500), (transformation.Failed, filtering.Counts.Records));
        Assert.InRange(done, 10, 50);
        Assert.StartsWith($"{60 - done} records were answered ProcessingFailed because the answer to {60 * batch.Length} bytes would have had ", transformation.Advice, StringComparison.Ordinal);

        // The advice holds: as many batches as make that buffer fit.
        Assert.Matches("set BufferSizeInMBs of the stream's processor to [0-9]\\.[0-9] or less$|so that no buffer size helps", transformation.Advice);
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf(batch)), response);
        Assert.Null(transformation.Advice);
    }

    [Fact]
    public void Advice_is_a_buffer_that_fits()
    {
        string[] records = [.. Enumerable.Repeat(One, 5000)];
        var transformation = new FirehoseTransformation(new FilteringTransformer(new LogFilter(Masking)));
        var response = new ByteBuffer();
        const int Most = 1 << 20;
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event(records)), response, Most);
        double buffer = double.Parse(System.Text.RegularExpressions.Regex.Match(transformation.Advice!, "to ([0-9.]+) or less").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(buffer, 0.2, 1);
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event(records[..(int)(buffer * (1 << 20) / One.Length)])), response, Most);
        Assert.Equal((null, 0), (transformation.Advice, transformation.Failed));
    }

    [Fact]
    public void Records_of_several_values_have_the_partition_mixed()
    {
        var transformation = new FirehoseTransformation(new FilteringTransformer(new LogFilter(Masking), LogField.Action, LogField.Uri));
        var response = new ByteBuffer();
        string blocked = One.Replace("\"ALLOW\"", "\"BLOCK\""), pretty = blocked.Replace(",\"", ",\n  \"");
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event($"{blocked}\n\n{blocked}\n", $"{One}\n{blocked}\n", pretty, blocked + One)),
            response);
        using JsonDocument answer = JsonDocument.Parse(response.WrittenMemory);
        Assert.Equal(
            ["BLOCK", "mixed", "BLOCK", "mixed"],
            answer.RootElement.GetProperty("records").EnumerateArray()
                .Select(record => record.GetProperty("metadata").GetProperty("partitionKeys").GetProperty("action").GetString()));
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
