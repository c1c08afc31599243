using System.Text;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Text;

public sealed class DocumentTextTests
{
    [Theory]
    [InlineData("", 0, "1:1")]
    [InlineData("ab", 1, "1:2")]
    [InlineData("ab", 2, "1:3")]
    [InlineData("ab", 99, "1:3")]
    [InlineData("ab", -1, "1:1")]
    [InlineData("a\nb", 2, "2:1")]
    [InlineData("a\rb", 2, "2:1")]
    [InlineData("a\r\nb", 2, "1:3")]
    [InlineData("a\r\nb", 3, "2:1")]
    [InlineData("a\n\r\n\rb", 5, "4:1")]
    [InlineData("a\r", 2, "2:1")]
    [InlineData("\U0001F600b", 2, "1:3")]
    public void An_offset_has_a_line_and_a_column(string text, int offset, string expected) =>
        Assert.Equal(expected, new DocumentText(text).PositionOf(offset).ToString());

    [Theory]
    [InlineData(1, "ab")]
    [InlineData(2, "")]
    [InlineData(3, "c")]
    [InlineData(4, "d")]
    [InlineData(5, "")]
    [InlineData(0, null)]
    [InlineData(6, null)]
    public void A_line_comes_without_its_end(int line, string? expected) => Assert.Equal(expected, new DocumentText("ab\r\n\nc\rd\n").LineAt(line));

    [Fact]
    public void A_line_that_ends_in_several_returns_loses_only_its_own_end() => Assert.Equal("", new DocumentText("a\r\r\n").LineAt(2));

    [Fact]
    public void Lines_count_from_the_origin()
    {
        var source = new DocumentText("ab\ncd", "f", new LinePosition(5, 9));
        Assert.Equal("5:10", source.PositionOf(1).ToString());
        Assert.Equal("6:2", source.PositionOf(4).ToString());
        Assert.Equal("cd", source.LineAt(6));
        Assert.Null(source.LineAt(4));
    }

    [Fact]
    public void Places_are_ordered_by_line_then_column()
    {
        LinePosition[] sorted = [.. new[] { new LinePosition(2, 1), new LinePosition(1, 9), new LinePosition(1, 2) }.Order()];
        Assert.Equal(["1:2", "1:9", "2:1"], sorted.Select(p => p.ToString()));
    }

    public static TheoryData<string, byte[]> Encoded() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Sample) },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sample)] },
        { "UTF-16 LE", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Sample)] },
        { "UTF-16 BE", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Sample)] },
    };

    private const string Sample = "{\"a\": \"\u00e9\U0001F600\"}\r\n";

    [Theory]
    [MemberData(nameof(Encoded))]
    public void Bytes_are_decoded_and_the_mark_is_dropped(string encoding, byte[] bytes)
    {
        Assert.NotEmpty(encoding);
        DocumentText? source = DocumentText.TryDecode(bytes, "f.json", out PolicyProblem? problem);
        Assert.Null(problem);
        Assert.Equal(Sample, source?.Text);
        Assert.Equal("f.json", source?.Name);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    public void No_bytes_are_an_empty_text(byte[] bytes) => Assert.Equal("", DocumentText.TryDecode(bytes, "", out _)?.Text);

    [Theory]
    [InlineData(new byte[] { 0xFF }, "1:1", "byte 0 is not valid UTF-8 (0xFF); save the file as UTF-8")]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0x80 }, "2:2", "byte 3 is not valid UTF-8 (0x80); save the file as UTF-8")]
    [InlineData(new byte[] { 0xC3, 0xA9, 0x0D, 0x0A, 0xC3, 0x41 }, "2:1", "byte 4 is not valid UTF-8 (0xC3); save the file as UTF-8")]
    [InlineData(new byte[] { 0x61, 0xE2, 0x82 }, "1:2", "byte 1 is not valid UTF-8 (0xE2); save the file as UTF-8")]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0, 0x80 }, "1:3", "byte 4 is not valid UTF-8 (0xED); save the file as UTF-8")]
    [InlineData(new byte[] { 0xC0, 0xAF }, "1:1", "byte 0 is not valid UTF-8 (0xC0); save the file as UTF-8")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xFE }, "1:2", "byte 4 is not valid UTF-8 (0xFE); save the file as UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0x62 }, "1:2", "byte 4 is not valid UTF-16 (0x62); save the file as UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x62, 0x00 }, "1:2", "byte 4 is not valid UTF-16 (0x00); save the file as UTF-8")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x61, 0xDC, 0x00 }, "1:2", "byte 4 is not valid UTF-16 (0xDC); save the file as UTF-8")]
    public void The_first_bad_byte_is_located(byte[] bytes, string position, string message)
    {
        Assert.Null(DocumentText.TryDecode(bytes, "f.json", out PolicyProblem? problem));
        Assert.NotNull(problem);
        Assert.Equal(ProblemCode.InvalidEncoding, problem.Code);
        Assert.True(problem.IsError);
        Assert.Equal(message, problem.Message);
        Assert.Equal(position, problem.Position.ToString());
        Assert.Equal($"f.json:{position}: {message}", problem.ToString());
    }

    [Fact]
    public void A_bad_byte_far_inside_is_found_exactly()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\u00e9x\U0001F600\n", 5000)));
        for (int at = 0; at < bytes.Length; at += 997)
        {
            byte[] bad = [.. bytes[..at], 0xFF, .. bytes[at..]];
            Assert.Null(DocumentText.TryDecode(bad, "", out PolicyProblem? problem));
            // Inserted inside a character, the broken character is what is not valid.
            int start = at;
            while (start > 0 && start < bytes.Length && (bytes[start] & 0xC0) == 0x80)
            {
                start--;
            }

            Assert.StartsWith($"byte {start} is not valid UTF-8", problem?.Message, StringComparison.Ordinal);
            Assert.Equal(start / 8 + 1, problem?.Position.Line);
        }
    }
}
