using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Findings of GuardDuty on their way through Firehose: each is answered as it was, with where it belongs.</summary>
public sealed class SortingTransformerTests
{
    private static readonly string Probe = Event("Recon:EC2/PortProbeUnprotectedPort", "2026-03-01T12:00:00Z");

    [Fact]
    public void A_finding_stays_as_it_is_and_is_told_where_it_belongs()
    {
        Answer answer = Assert.Single(Sort(Probe));

        Assert.Equal(("Ok", Probe + "\n"), (answer.Result, answer.Data));
        Assert.Equal("""{"finding_type":"Recon%3AEC2%2FPortProbeUnprotectedPort","year":"2026","month":"03","day":"01"}""", answer.Keys);
    }

    [Theory]
    [InlineData("CryptoCurrency:EC2/BitcoinTool.B!DNS", "CryptoCurrency%3AEC2%2FBitcoinTool.B%21DNS")]
    [InlineData("../../escape", "..%2F..%2Fescape")]
    [InlineData("Telepathy:Cloud/\\u00e9", "Telepathy%3ACloud%2F%C3%A9")]
    [InlineData("", "unknown")]
    public void Types_become_names_that_may_stand_in_a_path(string type, string name) =>
        Assert.Contains($"\"finding_type\":\"{name}\"", Assert.Single(Sort(Event(type, "2026-03-01T12:00:00Z"))).Keys, StringComparison.Ordinal);

    [Fact]
    public void A_name_is_not_longer_than_a_folder_may_be_called_and_ends_with_a_whole_letter()
    {
        string keys = Assert.Single(Sort(Event(string.Concat(Enumerable.Repeat("\\u00e9", 300)), "2026-03-01T12:00:00Z"))).Keys!;

        string name = JsonDocument.Parse(keys).RootElement.GetProperty("finding_type").GetString()!;
        Assert.Matches("^(%C3%A9)+(%C3)?$", name);
        Assert.InRange(name.Length, 190, 200);
    }

    [Fact]
    public void A_finding_without_a_time_is_sorted_by_its_type() =>
        Assert.EndsWith("""/PortProbe","year":"unknown","month":"unknown","day":"unknown"}""".Replace("/", "%2F"),
            Assert.Single(Sort(Event("Recon:EC2/PortProbe", "yesterday"))).Keys);

    [Fact]
    public void Findings_that_belong_together_stay_together_and_others_fail_as_they_are()
    {
        string other = Event("Recon:EC2/Portscan", "2026-03-01T12:00:00Z"), later = Probe.Replace("2026-03-01", "2026-03-02");
        string[] several = [Probe + Probe, Probe + "\n" + Probe + "\n", $$"""{"Findings":[{{Finding("a:b/c")}},{{Finding("a:b/c")}}]}""", Probe + other, Probe
            + later, $$"""{"Findings":[{{Finding("a:b/c")}},{{Finding("a:b/d")}}]}""", Probe + "\n{}\n"];

        Assert.Equal(
            [("Ok", $"{Probe}\n{Probe}\n"), ("Ok", $"{Probe}\n{Probe}\n"), ("Ok", $"{Finding("a:b/c")}\n{Finding("a:b/c")}\n"), ("ProcessingFailed", null),
                ("ProcessingFailed", null), ("ProcessingFailed", null), ("ProcessingFailed", null)],
            Sort(several).Select(answer => (answer.Result, answer.Data)));
    }

    [Fact]
    public void A_finding_over_several_lines_is_one()
    {
        string pretty = Probe.Replace(",\"", ",\n  \"", StringComparison.Ordinal);

        Answer answer = Assert.Single(Sort(pretty));

        Assert.Equal(("Ok", pretty.ReplaceLineEndings(" ") + "\n"), (answer.Result, answer.Data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"source\":\"aws.health\",\"detail\":{\"type\":\"a\"}}")]
    [InlineData("{\"type\":\"no service\"}")]
    [InlineData("{\"type\":\"\\ud800\",\"service\":{}}")]
    [InlineData("{\"Findings\":[]}")]
    [InlineData("{\"type\":\"cut\",\"service\":{")]
    [InlineData("\u001F\u008B")]
    public void What_is_no_finding_fails_alone_and_is_not_a_bug(string data)
    {
        var transformation = new FirehoseTransformation(new SortingTransformer());
        var response = new ByteBuffer();

        transformation.Transform(Encoding.UTF8
            .GetBytes(FirehoseAnswers.EventOf(Encoding.UTF8.GetBytes(Probe), Encoding.Latin1.GetBytes(data), Encoding.UTF8.GetBytes(Probe))), response);

        Assert.Equal([("id-0", "Ok", Probe + "\n"), ("id-1", "ProcessingFailed", null), ("id-2", "Ok", Probe + "\n")], FirehoseAnswers.Read(response.Written));
        Assert.Null(transformation.Unexpected);
        Assert.Equal(1, transformation.Failed);
    }

    [Fact]
    public void Findings_that_come_compressed_are_sorted()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Probe));
        }

        var response = new ByteBuffer();
        new FirehoseTransformation(new SortingTransformer()).Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf(bytes.ToArray(), bytes.ToArray()[..^5])),
            response);

        Assert.Equal([("id-0", "Ok", Probe + "\n"), ("id-1", "ProcessingFailed", null)], FirehoseAnswers.Read(response.Written));
    }

    [Fact]
    public void What_does_not_fit_into_the_answer_fails_and_counts_say_what_was_done()
    {
        var sorting = new SortingTransformer();
        var transformation = new FirehoseTransformation(sorting);
        var response = new ByteBuffer();

        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event([.. Enumerable.Repeat(Probe, 40)])), response, 8_000);

        (string Id, string Result, string? Data)[] answers = FirehoseAnswers.Read(response.Written);
        int sorted = answers.Count(answer => answer.Result == "Ok");
        Assert.InRange(sorted, 1, 39);
        Assert.Equal((sorted, 40 - sorted), (sorting.Sorted, transformation.Failed));
        using var log = new MemoryStream();
        sorting.WriteMetrics(log, transformation.Failed, 1767225600000);
        string metrics = Encoding.UTF8.GetString(log.ToArray());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"SortedFindings\":{sorted}"), metrics, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"FailedRecords\":{40 - sorted}"), metrics, StringComparison.Ordinal);
        Assert.Contains("\"Namespace\":\"ProvableSec/FindingSorting\"", metrics, StringComparison.Ordinal);
    }

    /// <summary>Whatever is done to a record, its bytes are in the answer or it is delivered as it was, and the others are not touched.</summary>
    [Fact]
    public void No_byte_of_a_damaged_finding_is_lost()
    {
        var random = RandomRun.Random(2027);
        var transformation = new FirehoseTransformation(new SortingTransformer());
        var response = new ByteBuffer();
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? Probe : $$"""{"Findings":[{{Finding("a:b/c")}},{{Finding("a:b/c")}}]}""");
            for (int i = 0; i <= random.Next(3); i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.EventOf(damaged, Encoding.UTF8.GetBytes(Probe))), response);

            (string Id, string Result, string? Data)[] answers = FirehoseAnswers.Read(response.Written);
            Assert.Equal(("Ok", Probe + "\n"), (answers[1].Result, answers[1].Data));
            Assert.Null(transformation.Unexpected);
            if (answers[0].Result == "Ok" && !Encoding.UTF8.GetString(damaged).StartsWith("{\"Findings\"", StringComparison.Ordinal))
            {
                Assert.Equal(Encoding.UTF8.GetString(damaged).Trim('\n').Replace('\n', ' ') + "\n", answers[0].Data);
            }
        }
    }

    private static Answer[] Sort(params string[] records)
    {
        var response = new ByteBuffer();
        new FirehoseTransformation(new SortingTransformer()).Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event(records)), response);
        using JsonDocument document = JsonDocument.Parse(response.WrittenMemory);
        return
        [
            .. FirehoseAnswers.Read(response.Written).Zip(document.RootElement.GetProperty("records").EnumerateArray(), (answer, json) => new Answer(
                answer.Result, answer.Data, json.TryGetProperty("metadata", out JsonElement metadata) ? metadata.GetProperty("partitionKeys").GetRawText()
                    : null)),
        ];
    }

    private static string Event(string type, string time) =>
        $$"""{"version":"0","id":"e","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"111122223333","time":"{{time}}","region":"us-east-1","resources":[],"detail":{{Finding(type)}}}""";

    private static string Finding(string type) => $$$"""{"schemaVersion":"2.0","accountId":"111122223333","id":"f","type":"{{{type}}}","resource":{"resourceType":"Instance"},"service":{"count":1},"severity":2}""";

    private sealed record Answer(string Result, string? Data, string? Keys);
}
