using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

public sealed class FirehoseTransformationTests
{
    private static readonly string Allowed = Lines.Allowed(), Blocked = Lines.Allowed().Replace("\"ALLOW\"", "\"BLOCK\"");

    [Fact]
    public void Every_record_is_answered_in_order()
    {
        Assert.Equal(
            [
                ("id-0", "Ok", Blocked + "\n"),
                ("id-1", "Dropped", null),
                ("id-2", "Ok", Blocked + "\n"),
                ("id-3", "ProcessingFailed", null),
                ("id-4", "Ok", Blocked + "\n" + Blocked + "\n"),
                ("id-5", "ProcessingFailed", null),
                ("id-6", "Dropped", null),
            ],
            Transform(FirehoseAnswers.Event(Blocked + "\n", Allowed + "\n", Blocked, Blocked[..^1], Blocked + "\n" + Allowed + "\n" + Blocked, Allowed + "\n{",
                "")));
    }

    [Fact]
    public void A_record_over_several_lines_is_a_record()
    {
        string pretty = Blocked.Replace(",\"", ",\n  \"");
        Assert.Equal([("id-0", "Ok", pretty.ReplaceLineEndings(" ") + "\n")], Transform(FirehoseAnswers.Event(pretty)));
    }

    [Fact]
    public void Data_that_are_no_base64_or_missing_do_not_fail_the_batch()
    {
        string json = """{"records":[{"recordId":"a","data":"*"},{"recordId":"b"},{"data":5,"recordId":"c"},{"recordId":"c2","data":"\ud800e30="},{"recordId":"d\u002f","data":"eyJ3ZWJhY2xJZCI6ImEifQ=="},{"recordId":"e","data":"\u0065y\u004a3ZWJhY2xJZCI6ImEifQ=="}]}""";
        Assert.Equal(
            [("a", "ProcessingFailed", null), ("b", "ProcessingFailed", null), ("c", "ProcessingFailed", null), ("c2", "ProcessingFailed", null),
                ("d/", "Ok", "{\"webaclId\":\"a\"}\n"), ("e", "Ok", "{\"webaclId\":\"a\"}\n")],
            Transform(json));
    }

    [Fact]
    public void Members_that_nobody_asks_for_are_passed_over()
    {
        string json = """ { "a" : [ { "records" : [ ] , "b" : "]}" } , -1.5e3, true ] , "records" : [ { "recordId" : "a" , "kinesisRecordMetadata" : { "data" : [ "x" , { } ] } , "data" : "eyJ3ZWJhY2xJZCI6ImEifQ==" } ] , "z" : { } } """;
        Assert.Equal([("a", "Ok", "{\"webaclId\":\"a\"}\n")], Transform(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"records\":[{\"data\":\"e30=\"}]}")]
    [InlineData("{\"records\":[{\"recordId\":\"a\"")]
    [InlineData("{\"records\":[{\"recordId\":\"a\",\"data\":\"")]
    [InlineData("{\"records\":[{\"recordId\":\"a\",\"data\":\"e30=\"}]")]
    [InlineData("{\"records\":[{\"recordId\":\"a\"} {\"recordId\":\"b\"}]}")]
    [InlineData("{\"records\":[{\"recordId\":\"a\"},5]}")]
    [InlineData("{\"records\":[],\"records\":[]}")]
    [InlineData("{\"records\":[]}{}")]
    [InlineData("{\"records\":[],\"a\":[}")]
    [InlineData("{\"records\":[],\"a\":bad}")]
    public void What_is_no_event_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => new FirehoseTransformation(new FilteringTransformer(new LogFilter(LogRules.Default)))
            .Transform(Encoding.UTF8.GetBytes(json), new ByteBuffer()));

    [Fact]
    public void An_answer_never_exceeds_its_limit_and_nothing_is_dropped_for_it()
    {
        string json = FirehoseAnswers.Event([.. Enumerable.Repeat(Blocked, 50)]);
        var response = new ByteBuffer();
        foreach (int most in new[] { 4_000, 10_000, 30_000 })
        {
            new FirehoseTransformation(new FilteringTransformer(new LogFilter(LogRules.Default))).Transform(Encoding.UTF8.GetBytes(json), response, most);
            Assert.InRange(response.Length, most - 2 * Blocked.Length, most);
            (string Id, string Result, string? Data)[] answers = FirehoseAnswers.Read(response.Written);
            Assert.Equal(50, answers.Length);
            Assert.All(answers, answer => Assert.True(answer is { Result: "Ok", Data: { Length: > 0 } } or { Result: "ProcessingFailed", Data: null }));
        }
    }

    [Fact]
    public void Log_events_of_CloudWatch_Logs_are_unpacked()
    {
        byte[] data = FirehoseAnswers.Subscription("DATA_MESSAGE", Blocked, Allowed, Blocked);
        Assert.Equal(
            [("id-0", "Ok", Blocked + "\n" + Blocked + "\n"), ("id-1", "Dropped", null), ("id-2", "Dropped", null), ("id-3", "ProcessingFailed", null),
                ("id-4", "ProcessingFailed", null)],
            Transform(FirehoseAnswers.EventOf(
                data, FirehoseAnswers.Subscription("DATA_MESSAGE", Allowed), FirehoseAnswers.Subscription("CONTROL_MESSAGE", "x"), data[..(data.Length / 2)],
                    FirehoseAnswers.Subscription("DATA_MESSAGE", "text"))));
    }

    [Fact]
    public void Values_of_a_record_become_its_partition_keys()
    {
        var response = new ByteBuffer();
        var transformation =
            new FirehoseTransformation(new FilteringTransformer(new LogFilter(LogRules.Default), LogField.Action, LogField.Country, LogField.Ja3Fingerprint));
        string json = FirehoseAnswers.Event(Blocked.Replace("\"US\"", "\"U\\\"S\""), Allowed);
        transformation.Transform(Encoding.UTF8.GetBytes(json), response);
        using JsonDocument answer = JsonDocument.Parse(response.WrittenMemory);
        JsonElement records = answer.RootElement.GetProperty("records");
        Assert.Equal("""{"partitionKeys":{"action":"BLOCK","country":"U\"S","ja3Fingerprint":"none"}}""", records[0].GetProperty("metadata").GetRawText());
        Assert.False(records[1].TryGetProperty("metadata", out _));
        transformation.Transform(Encoding.UTF8.GetBytes(json), response, 500);
        Assert.InRange(response.Length, 1, 500);
        Assert.Equal("ProcessingFailed", FirehoseAnswers.Read(response.Written)[0].Result);
    }

    [Fact]
    public void Counts_become_metrics_by_reason()
    {
        var filtering = new FilteringTransformer(new LogFilter(LogRules.Default));
        var transformation = new FirehoseTransformation(filtering);
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event(Allowed, Allowed, Blocked, "{")), new ByteBuffer());
        using var output = new MemoryStream();
        filtering.WriteMetrics(output, transformation.Failed, 1767225600000);
        JsonElement[] metrics = [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement dropped = metrics.Single(line => line.GetProperty("Reason").GetString() == "default-action-allow");
        Assert.Equal((2, 2 * Allowed.Length), (dropped.GetProperty("DroppedRecords").GetInt32(), dropped.GetProperty("DroppedBytes").GetInt32()));
        Assert.Equal(1, metrics.Single(line => line.GetProperty("Reason").GetString() == "otherwise").GetProperty("KeptRecords").GetInt32());
        Assert.Equal(1, metrics.Single(line => line.GetProperty("Reason").GetString() == "processing-failed").GetProperty("FailedRecords").GetInt32());
        Assert.Equal("ProvableSec/LogFilter", dropped.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Namespace").GetString());
        transformation.Transform(Encoding.UTF8.GetBytes(FirehoseAnswers.Event(Allowed)), new ByteBuffer());
        Assert.Equal((1, 0), (filtering.Counts.Records, transformation.Failed));
    }

    private static (string, string, string?)[] Transform(string json)
    {
        var response = new ByteBuffer();
        new FirehoseTransformation(new FilteringTransformer(new LogFilter(LogRules.Default))).Transform(Encoding.UTF8.GetBytes(json), response);
        return FirehoseAnswers.Read(response.Written);
    }
}
