using System.Text;
using ProvableSec.Logs.Blocks;

namespace ProvableSec.Runtime.Tests.Blocks;

public sealed class LogBlockReaderTests
{
    private static readonly string One = Lines.Allowed(uri: "/1"), Two = Lines.Allowed(uri: "/2"), Three = Lines.Allowed(uri: "/3");
    private static readonly string OverLines = One.Replace(",\"", ",\r\n  \"").Replace("{", "{\n ").Replace("}", "\n}");

    public static TheoryData<string> Layouts() =>
    [
        $"{One}\n{Two}\n{Three}\n", $"{One}\r\n{Two}\r\n{Three}", $"{OverLines}\n{Two}\n{Three}\n", $"{OverLines}{Two}\n{Three}",
            $"{One}{OverLines}\n\n{Three}\n",
        $"[{One},\n{Two},\n{Three}]\n", $"[\n{One}\n,{Two}\n,{Three}\n]", $"[\n  {OverLines},\n  {Two}\n]\n{Three}\n", $"[{One}]\n[{Two}]\n[{Three}]",
            $"{One},\n{Two},\n{Three}\n",
        $"\uFEFF{One}\n\uFEFF{Two}\n{Three}", $"\uFEFF{OverLines}\n\uFEFF[{Two}]\n{Three}", $"{One}\n[\n{Two}]\n{Three}\n",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void However_records_are_laid_out_each_is_found(string text)
    {
        foreach (int step in new[] { 1, 7, int.MaxValue })
        {
            (string kept, string unprocessed, FilterCounts counts) = Filter(Encoding.UTF8.GetBytes(text), step);
            Assert.Equal(("", 3), (unprocessed, counts.Records));
            string[] records = [.. kept.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Compact)];
            Assert.Equal(text.Contains("/2", StringComparison.Ordinal) ? [Compact(One), Compact(Two), Compact(Three)]
                : [Compact(One), Compact(One), Compact(Three)], records);
        }
    }

    [Theory]
    [InlineData("{\"a\":\"cut\n")]
    [InlineData("{\"a\":\n")]
    [InlineData("{\"a\":[1,\n")]
    [InlineData("{\"a\":{\"b\":1}\n")]
    [InlineData("[1,2]\n")]
    [InlineData("]\n")]
    [InlineData(",\n")]
    [InlineData("}\n")]
    [InlineData("text\n")]
    [InlineData("\0\u0001\n")]
    [InlineData("{}}\n")]
    public void What_is_broken_stays_and_costs_no_record(string broken)
    {
        (string kept, string unprocessed, FilterCounts counts) = Filter(Encoding.UTF8.GetBytes($"{One}\n{broken}{Two}\n{broken}{Three}\n"), int.MaxValue);
        Assert.Equal($"{One}\n{Two}\n{Three}\n", kept);
        Assert.Equal((broken + broken).Replace("\n", ""), unprocessed.Replace("\n", ""));
        Assert.Equal(3, counts.Records - counts.Unprocessed);
    }

    [Fact]
    public void A_record_that_is_cut_off_at_the_end_stays_as_it_was()
    {
        string cut = OverLines[..^5];
        (string kept, string unprocessed, _) = Filter(Encoding.UTF8.GetBytes($"{One}\n{cut}"), int.MaxValue);
        Assert.Equal(One + "\n", kept);
        Assert.Equal(cut, unprocessed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_line_beyond_the_limit_goes_by_in_parts_and_the_others_are_filtered(bool isLast)
    {
        const int Most = 1 << 20;
        string tooLong = Lines.Allowed(args: new string('x', 3 * Most)), text = $"{One}\n{tooLong}" + (isLast ? "" : $"\n{Two}\n");
        (string kept, string unprocessed, FilterCounts counts) = Filter(Encoding.UTF8.GetBytes(text), int.MaxValue, Most);
        Assert.Equal(isLast ? $"{One}\n" : $"{One}\n{Two}\n", kept);
        Assert.Equal(tooLong + (isLast ? "" : "\n"), unprocessed);
        Assert.Equal(tooLong.Length, counts.Reasons.Single(reason => reason.Name == "too-long").KeptBytes);
        Assert.Equal((isLast ? 2 : 3, 1), (counts.Records, counts.Unprocessed));
    }

    [Fact]
    public void An_array_far_larger_than_a_block_is_read()
    {
        string array = "[" + string.Join(",\n", Enumerable.Repeat(One, 10_000)) + "]";
        Assert.True(array.Length > 2 * LogBlock.Size);
        Assert.Equal((10_000, 0), Filter(Encoding.UTF8.GetBytes(array), int.MaxValue).Counts is var counts ? (counts.Records, counts.Unprocessed) : default);
    }

    [Fact]
    public void What_came_before_an_error_of_the_input_is_handed_out()
    {
        var reader = new LogBlockReader(new Stepping(Encoding.UTF8.GetBytes(One + "\n"), 10, breaks: true));
        var block = new LogBlock();
        Assert.True(reader.TryRead(block));
        Assert.Equal(One + "\n", Encoding.UTF8.GetString(block.Lines));
        Assert.Throws<IOException>(() => reader.TryRead(block));
    }

    private static string Compact(string record) => string.Concat(record.Where(c => !char.IsWhiteSpace(c)));

    private static (string Kept, string Unprocessed, FilterCounts Counts) Filter(byte[] bytes, int step, int most = LogBlockReader.MostLineBytes)
    {
        ByteBuffer output = new(), unprocessed = new();
        LogFilterSession session = new LogFilter(Lines.Read("{\"version\":1}")).CreateSession();
        var reader = new LogBlockReader(new Stepping(bytes, step), most);
        var block = new LogBlock();
        while (reader.TryRead(block))
        {
            if (block.IsTooLong)
            {
                session.PassTooLong(block.Lines, block.BeginsTooLong, output, unprocessed);
            }
            else
            {
                session.FilterLines(block.Lines, isFinal: true, output, unprocessed);
            }
        }

        return (Encoding.UTF8.GetString(output.Written), Encoding.UTF8.GetString(unprocessed.Written), session.Counts);
    }

    /// <summary>Gives this many bytes at a time.</summary>
    private sealed class Stepping(byte[] bytes, int step, bool breaks = false) : Logs.Compressed.ForwardStream
    {
        private int at;

        public override int Read(Span<byte> buffer)
        {
            int read = Math.Min(Math.Min(step, buffer.Length), bytes.Length - at);
            bytes.AsSpan(at, read).CopyTo(buffer);
            at += read;
            return read > 0 || !breaks ? read : throw new IOException("the disk is gone");
        }
    }
}
