using System.Text;

namespace ProvableSec.Runtime.Tests.Filtering;

/// <summary>What is not a record is kept byte by byte and counted, whatever the rules say.</summary>
public sealed class BadInputTests
{
    private static readonly LogRules DropAll = Lines.Read("{\"version\":1,\"rules\":[{\"id\":\"all\",\"when\":{},\"then\":\"drop\"}]}");

    public static TheoryData<string> Malformed() =>
    [
        Lines.Allowed()[..^1], Lines.Allowed()[..200], "[]", "null", "\"{}\"", "{", "}", "{]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":01}",
        "{\"a\":-}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":nul}", "{\"a\":nulll}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\t\"}",
            "{\"a\":\"\u0001\"}", "{\"a\":[1 2]}",
        "{\"a\":{\"b\":1]}", "{\"a\":1}}", "{\"a\":1}x", "\0\u0001\u0002", "{\"a\":\"b\\\"}", "{\"a\":\"b\"\"c\":1}", "{\"a\":\"b\\\\\\\"}", "{\\\"a\":1}",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_line_that_is_no_JSON_object_is_kept(string line)
    {
        Assert.Equal(line, Lines.Filter(DropAll, line, "", out FilterCounts counts));
        Assert.Equal(1, counts.Unprocessed);
        Assert.Equal(line + "\n", All(line + "\n" + Lines.Allowed() + "\n", out counts));
        Assert.Equal((1, 1, 2), (counts.Unprocessed, counts.Dropped, counts.Records));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_kept()
    {
        byte[] line = [.. Encoding.ASCII.GetBytes("{\"a\":\""), 0xC0, 0xAF, .. Encoding.ASCII.GetBytes("\"}")];
        Assert.Equal(line, All(line, out FilterCounts counts));
        Assert.Equal(1, counts.Unprocessed);
    }

    [Fact]
    public void Ten_thousand_levels_are_kept()
    {
        string line = "{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        Assert.Equal(line, Lines.Filter(DropAll, line, "", out FilterCounts counts));
        Assert.Equal(1, counts.Reasons.Single(reason => reason.Name == "too-deep").KeptRecords);
    }

    [Fact]
    public void A_line_of_fifty_megabytes_is_filtered_like_any_other()
    {
        string record = Lines.Allowed(",\"x\":\"" + new string('x', 50_000_000) + "\"");
        Assert.Null(Lines.Filter(LogRules.Default, record));
        string counted = record.Replace("\"nonTerminatingMatchingRules\":[]", "\"nonTerminatingMatchingRules\":[{\"action\":\"COUNT\"}]");
        Assert.Equal(counted.Length, Lines.Filter(LogRules.Default, counted)!.Length);
    }

    [Fact]
    public void A_member_that_is_read_and_occurs_twice_keeps_the_record_and_is_counted()
    {
        string line = Lines.Allowed(",\"action\":\"ALLOW\"");
        Assert.Equal(line, Lines.Filter(DropAll, line, "", out FilterCounts counts));
        Assert.Equal(1, counts.Reasons.Single(reason => reason.Name == "repeated-member").KeptRecords);
        Assert.Null(Lines.Filter(DropAll, Lines.Allowed(",\"unknown\":1,\"unknown\":2")));
    }

    [Fact]
    public void Blank_lines_stay_and_are_no_records()
    {
        Assert.Equal("\n  \n", All("\n" + Lines.Allowed() + "\n  \n", out FilterCounts counts));
        Assert.Equal((1, 2), (counts.Records, counts.Blank));
    }

    [Fact]
    public void A_last_line_without_its_end_waits_for_more()
    {
        byte[] lines = Encoding.UTF8.GetBytes(Lines.Allowed() + "\n" + Lines.Allowed());
        LogFilterSession session = new LogFilter(DropAll).CreateSession();
        int used = session.FilterLines(lines, isFinal: false, new ByteBuffer());
        Assert.Equal(Lines.Allowed().Length + 1, used);
        Assert.Equal(1, session.Counts.Records);
        Assert.Equal(lines.Length - used, session.FilterLines(lines.AsSpan(used), isFinal: true, new ByteBuffer()));
        Assert.Equal(2, session.Counts.Records);
    }

    [Fact]
    public void Lines_that_cannot_be_read_go_elsewhere_when_asked()
    {
        ByteBuffer output = new(), unprocessed = new();
        LogFilterSession session = new LogFilter(Lines.Read("{\"version\":1}")).CreateSession();
        session.FilterLines("{\"httpRequest\":{\"uri\":\"/\"}}\n{\"a\":\n{\"webaclId\":1}\n"u8, isFinal: true, output, unprocessed);
        Assert.Equal("{\"httpRequest\":{\"uri\":\"/\"}}\n{\"webaclId\":1}\n", Encoding.UTF8.GetString(output.Written));
        Assert.Equal("{\"a\":\n", Encoding.UTF8.GetString(unprocessed.Written));
    }

    /// <summary>An <c>httpRequest</c> by itself: AWS WAF's, in which redactions find what they look for, or that of another service, in which they would find
    /// nothing.</summary>
    [Theory]
    [InlineData("{\"httpRequest\":{\"clientIp\":\"198.51.100.7\"}}", true)]
    [InlineData("{\"httpRequest\":{\"headers\":[],\"requestId\":\"x\"}}", true)]
    [InlineData("{\"httpRequest\":{\"remoteIp\":\"198.51.100.7\",\"requestMethod\":\"GET\",\"requestUrl\":\"/?token=x\"},\"severity\":\"INFO\"}", false)]
    [InlineData("{\"httpRequest\":{}}", false)]
    [InlineData("{\"httpRequest\":{\"host\":\"a\",\"headers\":[]}}", false)]
    [InlineData("{\"httpRequest\":{\"remoteIp\":\"198.51.100.7\"},\"webaclId\":\"a\"}", true)]
    [InlineData("{\"request\":{\"clientIp\":\"198.51.100.7\"}}", false)]
    public void A_request_by_itself_is_a_record_where_it_is_one_of_AWS_WAF(string line, bool isRecord)
    {
        ByteBuffer output = new(), unprocessed = new();
        LogFilterSession session = new LogFilter(Lines.Read("{\"version\":1,\"redact\":[{\"field\":\"clientIp\",\"by\":\"mask\"}]}")).CreateSession();
        session.FilterLines(Encoding.UTF8.GetBytes(line + "\n" + line + "\n"), isFinal: true, output, unprocessed);
        Assert.Equal((isRecord ? 0 : 2, 2), (session.Counts.Unprocessed, session.Counts.Records));
        Assert.Equal(isRecord ? "" : line + "\n" + line + "\n", Encoding.UTF8.GetString(unprocessed.Written));
        Assert.DoesNotContain(isRecord && !line.Contains("remoteIp", StringComparison.Ordinal) ? "198.51.100.7" : "\0", Encoding.UTF8.GetString(output.Written),
            StringComparison.Ordinal);
    }

    private static string All(string lines, out FilterCounts counts) => Encoding.UTF8.GetString(All(Encoding.UTF8.GetBytes(lines), out counts));

    private static byte[] All(byte[] lines, out FilterCounts counts)
    {
        var output = new ByteBuffer();
        LogFilterSession session = new LogFilter(DropAll).CreateSession();
        session.FilterLines(lines, isFinal: true, output);
        counts = session.Counts;
        return output.Written.ToArray();
    }
}
