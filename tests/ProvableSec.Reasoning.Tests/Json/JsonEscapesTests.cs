using System.Text;
using CsCheck;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

public sealed class JsonEscapesTests
{
    [Theory]
    [InlineData("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t")]
    [InlineData("\\u0041\\u00e9\\u00E9", "A\u00e9\u00e9")]
    [InlineData("\\ud83d\\ude00", "\U0001F600")]
    [InlineData("\\u004", "u004")]
    [InlineData("\\x", "x")]
    [InlineData("a\\", "a\\")]
    [InlineData("", "")]
    public void Decodes(string raw, string expected) => Assert.Equal(expected, JsonEscapes.Decode(raw));

    // Not as theories: an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_survives_decoding() => Assert.Equal("\ud83d", JsonEscapes.Decode("\\ud83d"));

    [Fact]
    public void Half_a_character_is_quoted_as_an_escape()
    {
        var to = new StringBuilder();
        JsonEscapes.AppendQuoted(to, "\ude00\ud83d");
        Assert.Equal("\"\\ude00\\ud83d\"", to.ToString());
    }

    [Theory]
    [InlineData("a\"\\\n\r\t\0\u001f\u2028", "\"a\\\"\\\\\\n\\r\\t\\u0000\\u001f\\u2028\"")]
    [InlineData("\U0001F600/", "\"\U0001F600/\"")]
    public void Quotes(string text, string expected)
    {
        var to = new StringBuilder();
        JsonEscapes.AppendQuoted(to, text);
        Assert.Equal(expected, to.ToString());
    }

    [Fact]
    public void Any_text_quoted_and_read_again_is_the_same() =>
        Gen.Char.Array[0, 40].Each(5000, characters =>
        {
            string text = new(characters);
            var to = new StringBuilder();
            JsonEscapes.AppendQuoted(to, text);
            JsonTree document = JsonTreeReader.Read(new DocumentText(to.ToString()));
            return document.Problems.IsEmpty && string.Equals(text, document.Root.Text, StringComparison.Ordinal);
        });
}
