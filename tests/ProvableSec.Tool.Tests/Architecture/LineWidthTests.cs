namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>No line is wider than two of them beside each other on a screen, but for one that holds a long text, and for lines of texts over several
/// lines.</summary>
public sealed class LineWidthTests
{
    private const int Widest = 160, LongText = 90;

    [Fact]
    public void No_line_of_code_is_wider_than_160_characters()
    {
        string[] wide = [.. SourceTree.All().SelectMany(file => Wide(file.Text).Select(number => $"{file.Path}:{number}"))];
        Assert.True(wide.Length == 0, $"{wide.Length} lines, such as\n{string.Join('\n', wide.Take(20))}");
    }

    [Theory]
    [InlineData("x", 160, false)]
    [InlineData("x", 161, true)]
    [InlineData("\"x", 100, false)]
    [InlineData("\"x", 59, true)]
    public void A_long_text_alone_may_be_wide(string of, int length, bool isWide)
    {
        // A text with both quotes among code that fills the line.
        string line = of == "x" ? new string('x', length) : $"\"{new string('x', length)}\"" + string.Concat(Enumerable.Repeat(" + \"y\"", 20));
        Assert.Equal(isWide, Wide(line).Any());
    }

    [Theory]
    [InlineData("f(\"ab\", 'c', \"d\")", 4)]
    [InlineData("""f("a\"b")""", 6)]
    [InlineData("""f($"a{g("b", x ? "c" : "d")}e")""", 27)]
    [InlineData("f(@\"a\"\"b\")", 6)]
    [InlineData("f(\"\"\"a\"b\"\"\")", 9)]
    [InlineData("f($$\"\"\"a{b\"\"\")", 9)]
    [InlineData("// it's \"ab\"", 4)]
    public void A_text_is_measured_with_what_is_put_in(string line, int length) => Assert.Equal(length, LongestText(line));

    private static IEnumerable<int> Wide(string text)
    {
        bool isInText = false;
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            bool began = isInText;
            isInText ^= line.Split("\"\"\"").Length % 2 == 0;
            if (line.Length > Widest && !began && LongestText(line) < LongText)
            {
                yield return number;
            }
        }
    }

    /// <summary>The length of the longest text of a line, quotes and what is put in included.</summary>
    private static int LongestText(string line)
    {
        int longest = 0;
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                int end = EndOf(line, at);
                longest = Math.Max(longest, end - at);
                at = end - 1;
            }
            else if (line[at] == '\'' && at + 2 < line.Length && (line[at + 2] == '\'' || line[at + 1] == '\\'))
            {
                at = Math.Max(at + 2, line.IndexOf('\'', at + 2));
            }
        }

        return longest;
    }

    private static int EndOf(string line, int start)
    {
        int quotes = 0;
        while (start + quotes < line.Length && line[start + quotes] == '"')
        {
            quotes++;
        }

        string before = line[Math.Max(0, start - 4)..start];
        if (quotes >= 3)
        {
            // What is put in may be such a text again.
            string mark = new('"', quotes);
            int end = before.EndsWith('$') && line.LastIndexOf(mark, StringComparison.Ordinal) is var last && last >= start + quotes
                ? last : line.IndexOf(mark, start + quotes, StringComparison.Ordinal);
            return end < 0 ? line.Length : end + quotes;
        }

        bool isVerbatim = before.Contains('@', StringComparison.Ordinal), isFilled = before.EndsWith('$') || before.EndsWith("$@", StringComparison.Ordinal);
        int depth = 0;
        for (int at = start + 1; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '\\' when !isVerbatim && depth == 0:
                    at++;
                    break;
                case '{' or '}' when isFilled && depth == 0 && at + 1 < line.Length && line[at + 1] == line[at]:
                    at++;
                    break;
                case '{' when isFilled:
                    depth++;
                    break;
                case '}' when isFilled:
                    depth--;
                    break;
                case '"' when depth > 0:
                    at = EndOf(line, at) - 1;
                    break;
                case '"' when isVerbatim && at + 1 < line.Length && line[at + 1] == '"':
                    at++;
                    break;
                case '"':
                    return at + 1;
            }
        }

        return line.Length;
    }
}
