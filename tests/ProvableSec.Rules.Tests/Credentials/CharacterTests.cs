using System.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>Every byte in every role: what it can be part of, and what an escape of it means.</summary>
public sealed class CharacterTests
{
    /// <summary>What values and their separators consist of, beside letters and digits.</summary>
    private const string Signs = "+/=-_.:;,&%\"' \n";

    public static TheoryData<int> Bytes() => [.. Enumerable.Range(0, 256)];

    [Theory]
    [MemberData(nameof(Bytes))]
    public void A_byte_has_its_class(int number)
    {
        char c = (char)number;
        byte value = (byte)number;
        int kind = char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : char.IsAsciiDigit(c) ? 3 : c is '+' or '/' ? 4 : 0;
        Assert.Equal(kind, TokenCharacters.ClassOf(value));
        Assert.Equal(kind != 0, TokenCharacters.IsToken(value));
        Assert.Equal(char.IsAsciiLetterOrDigit(c) || c == '_', TokenCharacters.IsWord(value));
        Assert.Equal(char.IsAsciiHexDigit(c), TokenCharacters.IsHex(value));
        Assert.Equal(c is ' ' or '\t', TokenCharacters.IsSpace(value));
        Assert.Equal(c is '\r' or '\n', TokenCharacters.IsLineEnd(value));
        Assert.Equal(char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c, (char)TokenCharacters.Lowered(value));
    }

    [Theory]
    [MemberData(nameof(Bytes))]
    public void An_escape_means_its_character_where_that_is_of_a_value(int number)
    {
        char c = (char)number;
        bool isOfValue = char.IsAsciiLetterOrDigit(c) || Signs.Contains(c, StringComparison.Ordinal);
        string quoted = c is '"' or '\'' ? "\\" + c : c.ToString();
        foreach (string escape in (string[])[$"\\u{number:x4}", $"\\u{number:X4}", $"\\x{number:X2}", $"\\U{number:x8}", $"\\\\u{number:x4}",
            $"\\\\\\\\\\\\\\\\u{number:x4}"])
        {
            Assert.Equal(isOfValue || c is '<' or '>' ? $"a{quoted}z" : $"a{escape}z", Undone($"a{escape}z"));
        }

        // Nine backslashes are more than JSON in JSON in JSON has.
        Assert.NotEqual($"a{quoted}z", Undone($"a\\\\\\\\\\\\\\\\\\u{number:x4}z"));
        foreach (string entity in (string[])[$"&#{number};", $"&#x{number:x};", $"&#X{number:X};", $"&#x{number:x6};"])
        {
            Assert.Equal(isOfValue || c is '<' or '>' ? $"a{quoted}z" : $"a{entity}z", Undone($"a{entity}z"));
        }

        string percent = $"a%{number:X2}z";
        Assert.Equal(!isOfValue || c == '-' ? percent : c is '"' or '\'' or ' ' or '\n' or '&' ? "a|z" : $"a{c}z", Undone(percent));
    }

    [Theory]
    [InlineData("&quot;", "\\\"")]
    [InlineData("&apos;", "\\'")]
    [InlineData("&amp;quot;", "&quot;")]
    [InlineData("&amp;#43;", "&#43;")]
    [InlineData("\\/", "/")]
    [InlineData("\\\\/", "/")]
    [InlineData("\u001b[0m", "")]
    [InlineData("\u001b[1;31m", "")]
    [InlineData("\u001b[@", "")]
    [InlineData("\u001b[~", "")]
    [InlineData("\u001b[ ?/0m", "")]
    [InlineData("\\u001b[31m", "")]
    [InlineData("\\x1b[31m", "")]
    [InlineData("\\e[31m", "")]
    [InlineData("\\033[31m", "")]
    [InlineData("&#0000065;", "A")]
    public void An_escape_is_undone(string escape, string meant)
    {
        Assert.Equal($"a{meant}z", Undone($"a{escape}z"));
        Assert.Equal(meant, Undone(escape));
        Assert.Equal($"{meant}{meant}", Undone(escape + escape));
    }

    [Theory]
    [InlineData("&amp;lt;")]
    [InlineData("&amp;")]
    [InlineData("&lt;")]
    [InlineData("&quo;")]
    [InlineData("&apo;")]
    [InlineData("&#;")]
    [InlineData("&#x;")]
    [InlineData("&#x4g;")]
    [InlineData("&#4a;")]
    [InlineData("&#00000065;")]
    [InlineData("&#65")]
    [InlineData("&#")]
    [InlineData("&q")]
    [InlineData("&")]
    [InlineData("\\")]
    [InlineData("\\\\")]
    [InlineData("\\u")]
    [InlineData("\\u004")]
    [InlineData("\\u004g")]
    [InlineData("\\x")]
    [InlineData("\\x4")]
    [InlineData("\\U0000004")]
    [InlineData("\\n")]
    [InlineData("\\e")]
    [InlineData("\\e31m")]
    [InlineData("\\033")]
    [InlineData("\\033m")]
    [InlineData("\\0")]
    [InlineData("\\u001b")]
    [InlineData("\\u001b31m")]
    [InlineData("\u001b")]
    [InlineData("\u001b[")]
    [InlineData("\u001b[31")]
    [InlineData("\u001b31m")]
    [InlineData("\u001b[\u007f")]
    [InlineData("\u001b[\u001fm")]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%4g")]
    [InlineData("%g4")]
    [InlineData("\\u{41}")]
    [InlineData("\\U00110041")]
    [InlineData("+")]
    public void What_is_nearly_an_escape_stays(string text)
    {
        Assert.Equal(text, Undone(text));
        Assert.Equal($"A{text}", Undone($"\\u0041{text}"));
    }

    private static string Undone(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        return Escapes.TryUndo(bytes, null, joinsNeighbors: false, out byte[] undone, out int count, out _) ? Encoding.Latin1.GetString(undone, 0, count)
            : text;
    }
}
