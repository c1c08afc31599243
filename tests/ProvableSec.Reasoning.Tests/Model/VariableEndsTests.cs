using CsCheck;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Model;

/// <summary>Where the variables of a text end is found in one pass over it, and must be what a walk from each variable finds.</summary>
public sealed class VariableEndsTests
{
    private static readonly Gen<string> Text = Gen.OneOf("${", "${", "a", "b", ",", ", '", "'", "'}", "}", "{", "$", " ").Array[0, 14].Select(string.Concat);

    [Fact]
    public void Ends_are_those_that_a_walk_from_each_variable_finds() => Text.Each(20_000, text =>
    {
        PolicyPattern pattern = PolicyPattern.WithVariables(text, default, out int unclosed);
        (List<string> parts, int open) = Walked(text);
        Assert.Equal(parts, pattern.Parts.Select(part => part.Kind == PatternPartKind.Text ? part.Text : $"${{{part.Text}|{part.Default}}}"));
        Assert.Equal(open, unclosed);
    });

    [Theory]
    [InlineData("a}", 1)]
    [InlineData("a, 'x}y'}", 8)]
    [InlineData("a'}", 2)]
    [InlineData("a, 'x}", -1)]
    [InlineData("'a, '}'}", 7)]
    public void Quotes_count_after_the_comma_only(string text, int end) => Assert.Equal(end, End(text, 0));

    /// <summary>The parts of a text, and where one opens that is never closed.</summary>
    private static (List<string> Parts, int Open) Walked(string text)
    {
        var parts = new List<string>();
        string plain = "";
        for (int at = 0; at < text.Length;)
        {
            int close = text.AsSpan(at).StartsWith("${", StringComparison.Ordinal) ? End(text, at + 2) : -2;
            if (close == -1)
            {
                return ([.. parts, plain + text[at..]], at);
            }

            if (close == -2)
            {
                plain += text[at++];
                continue;
            }

            if (plain.Length > 0)
            {
                parts.Add(plain);
                plain = "";
            }

            string inside = text[(at + 2)..close], name = inside.Split(',')[0].Trim(), value = inside.Contains(',', StringComparison.Ordinal)
                ? inside[(inside.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim() : "";
            parts.Add(inside == "$" ? "${$|}" : $"${{{name}|{(value is ['\'', .., '\''] ? value[1..^1] : value)}}}");
            at = close + 1;
        }

        return (plain.Length > 0 || parts.Count == 0 ? [.. parts, plain] : parts, -1);
    }

    private static int End(string text, int from)
    {
        bool hasComma = false, isQuoted = false;
        for (int i = from; i < text.Length; i++)
        {
            hasComma |= text[i] == ',';
            isQuoted ^= hasComma && text[i] == '\'';
            if (text[i] == '}' && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }
}
