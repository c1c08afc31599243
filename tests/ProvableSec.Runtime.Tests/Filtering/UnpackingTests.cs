using System.Text;
using System.Text.Json;

namespace ProvableSec.Runtime.Tests.Filtering;

/// <summary>What is put around records, and what is not a record at all: nothing that was to be redacted goes through as it is, and nothing is lost.</summary>
public sealed class UnpackingTests
{
    private const string Secret = "the client's own";

    private static readonly LogRules Masking = Lines.Read("""{"version":1,"redact":[{"field":"args","by":"mask"}],"unwrap":["message","event","log"]}""");
    private static readonly LogRules Plain = Lines.Read("""{"version":1,"redact":[{"field":"args","by":"mask"}]}""");

    private static readonly string One = Lines.Allowed(args: Secret, uri: "/1"), Two = Lines.Allowed(args: Secret, uri: "/2");
    private static readonly string OneMasked = One.Replace(Secret, "REDACTED"), TwoMasked = Two.Replace(Secret, "REDACTED");

    public static TheoryData<string> NoRecords() =>
    [
        "{}", "{\"a\":1}", "{\"eventVersion\":\"1.08\",\"eventSource\":\"s3.amazonaws.com\",\"requestParameters\":{\"httpRequest\":1}}",
        $"{{\"Records\":[{One}]}}", $"{{\"data\":{One}}}", Wrapped("message", One), $"{{\"detail\":{{\"webaclId\":\"a\",\"httpRequest\":{{}}}}}}", "[1]", "[]",
            $"[{One},1]", $"[[{One}]]",
        One + "x", One + "{", One + Wrapped("message", Two), "{\"httpRequest\":\"" + Secret + "\"}", "{\"httpRequest\":[]}",
            "{\"webaclId\":\"a\",\"httpRequest\":{\"headers\":{\"authorization\":\"" + Secret + "\"}}}",
        "{\"httpRequest\":{\"headers\":[\"authorization: " + Secret + "\"]}}", "{\"webaclId\":\"a\",\"requestHeadersInserted\":\"" + Secret + "\"}",
        Envelope("DATA_MESSAGE", One, "START RequestId"), Envelope("DATA_MESSAGE"), Envelope("OTHER", One),
            "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":1}]}", "{\"events\":[]}",
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":\"\\ud800\"}]}",
    ];

    [Theory]
    [InlineData("message", "message")]
    [InlineData("log-1.x@y_Z9", "log-1.x@y_Z9")]
    [InlineData("a b", null)]
    [InlineData("", null)]
    [InlineData("a\\u001b[31m", null)]
    public void The_member_that_seems_to_hold_records_is_named_where_its_name_is_plain(string name, string? told) =>
        Assert.Equal(told, RecordWrapper.NameIn(Encoding.UTF8.GetBytes($$"""{"webaclId":1,"at":"now","{{name}}":"{\"webaclId\":\"x\"}"}""")));

    [Theory]
    [MemberData(nameof(NoRecords))]
    public void What_is_not_a_record_is_unprocessed_as_it_was(string line)
    {
        (string kept, string unprocessed, FilterCounts counts) = Filter(Plain, One + "\n" + line + "\n" + Two + "\n");
        Assert.Equal(OneMasked + "\n" + TwoMasked + "\n", kept);
        Assert.Equal(line + "\n", unprocessed);
        Assert.Equal((3, 1, 2), (counts.Records, counts.Unprocessed, counts.Redacted));
    }

    public static TheoryData<string> Packed() =>
    [
        One + Two, One + " " + Two, $"[{One},{Two}]", $" [ {One} , {Two} ] ", $"[{One}][{Two}]", "\uFEFF" + One + Two, "\uFEFF" + One + "\uFEFF" + Two,
        Envelope("DATA_MESSAGE", One, Two), Envelope("DATA_MESSAGE", One) + Envelope("DATA_MESSAGE", Two), $"[{Envelope("DATA_MESSAGE", One)},{Two}]",
            Envelope("DATA_MESSAGE", One + Two),
        Envelope("CONTROL_MESSAGE", "CWL CONTROL MESSAGE: Checking health of destination Firehose.") + One + Two,
        "{\"events\":[{\"timestamp\":1,\"message\":" + JsonSerializer.Serialize(One) + "},{\"message\":" + JsonSerializer.Serialize(Two)
            + "}],\"searchedLogStreams\":[]}",
    ];

    [Theory]
    [MemberData(nameof(Packed))]
    public void Records_in_one_line_are_records(string line)
    {
        (string kept, string unprocessed, FilterCounts counts) = Filter(Plain, line + "\n");
        Assert.Equal((OneMasked + "\n" + TwoMasked + "\n", ""), (kept, unprocessed));
        Assert.Equal((2, 0, 2), (counts.Records, counts.Unprocessed, counts.Redacted));
    }

    [Theory]
    [InlineData("message")]
    [InlineData("event")]
    [InlineData("log")]
    public void Records_below_a_member_that_the_rules_name_are_records(string member)
    {
        string asObject = $"{{\"time\":1,\"host\":\"h\",\"{member}\":{One}}}";
        (string kept, string unprocessed, _) = Filter(Masking, Wrapped(member, One) + "\n" + asObject + "\n"
            + Wrapped(member, Wrapped("event", Envelope("DATA_MESSAGE", Two))) + "\n");
        Assert.Equal((OneMasked + "\n" + OneMasked + "\n" + TwoMasked + "\n", ""), (kept, unprocessed));
    }

    [Theory]
    [InlineData("\"no record\"")]
    [InlineData("\"{\\\"a\\\":1}\"")]
    [InlineData("{\"a\":1}")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void Something_else_below_it_stays_as_it_was(string value)
    {
        string line = $"{{\"message\":{value}}}\n";
        Assert.Equal(("", line), Filter(Masking, line) is var (kept, unprocessed, _) ? (kept, unprocessed) : default);
    }

    [Fact]
    public void A_record_that_has_such_a_member_is_itself()
    {
        string record = One[..^1] + ",\"message\":\"{}\",\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[]}";
        Assert.Equal(record.Replace(Secret, "REDACTED") + "\n", Filter(Masking, record + "\n").Kept);
    }

    [Fact]
    public void Wrappers_without_end_are_not_unwrapped_without_end()
    {
        string line = Enumerable.Range(0, 7).Aggregate(One, (inner, _) => $"{{\"message\":{inner}}}") + "\n";
        Assert.Equal(line, Filter(Masking, line).Unprocessed);
    }

    [Fact]
    public void Every_byte_of_a_message_that_is_text_stays()
    {
        string record = Lines.Allowed(uri: "/a\u2028\u0085b");
        Assert.Equal(record + "\n", Filter(Lines.Read("{\"version\":1}"), Envelope("DATA_MESSAGE", record)).Kept);
    }

    [Fact]
    public void A_sample_of_what_was_joined_carries_its_weight()
    {
        LogRules rules = Lines.Read("""{"version":1,"rules":[{"id":"s","when":{},"then":"sample","oneIn":2}]}""");
        string[] records = [.. Enumerable.Range(0, 40).Select(i => One.Replace("\"r-1\"", $"\"r-{i}\""))];
        Assert.Equal(Filter(rules, string.Join('\n', records)).Kept.TrimEnd(), Filter(rules, string.Concat(records)).Kept.TrimEnd());
    }

    private static string Wrapped(string member, string inner) => $"{{\"{member}\":{JsonSerializer.Serialize(inner)}}}";

    private static string Envelope(string type, params string[] messages) =>
        JsonSerializer.Serialize(new
        {
            messageType = type,
            owner = "111122223333",
            logGroup = "aws-waf-logs-example",
            logEvents = messages.Select((message, i) => new { id = $"{i}", timestamp = 0, message })
        });

    private static (string Kept, string Unprocessed, FilterCounts Counts) Filter(LogRules rules, string lines)
    {
        ByteBuffer output = new(), unprocessed = new();
        LogFilterSession session = new LogFilter(rules).CreateSession();
        session.FilterLines(Encoding.UTF8.GetBytes(lines), isFinal: true, output, unprocessed);
        return (Encoding.UTF8.GetString(output.Written), Encoding.UTF8.GetString(unprocessed.Written), session.Counts);
    }
}
