using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Rendering;

/// <summary>
/// Text from a file as code in Markdown: there it is neither markup nor HTML, and what comes behind Markdown finds no links, people to tell and issues in it
/// (CommonMark 0.31, "Code spans"; GitHub Flavored Markdown, "Tables").
/// </summary>
internal static class MarkdownCode
{
    /// <summary>The text as code; nothing for none.</summary>
    public static string Of(string text)
    {
        string clean = Printable.Clean(text);
        if (clean.Trim().Length == 0)
        {
            return "";
        }

        string fence = new('`', LongestRun(clean) + 1);
        // One space at both ends is taken away again.
        string pad = clean[0] is '`' or ' ' || clean[^1] is '`' or ' ' ? " " : "";
        return fence + pad + clean + pad + fence;
    }

    /// <summary>The text as code in a table, whose cells are found before the code is.</summary>
    public static string InTable(string text) => Of(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Lines as a block of code, which keeps their columns (CommonMark 0.31, "Fenced code blocks").</summary>
    public static string Block(string lines)
    {
        string[] clean = [.. lines.TrimEnd('\n').Split('\n').Select(line => Printable.Clean(line).TrimEnd())];
        string fence = new('`', Math.Max(3, clean.Max(LongestRun) + 1));
        return $"{fence}text\n{string.Join('\n', clean)}\n{fence}";
    }

    /// <summary>The text as code in a line of HTML, where Markdown is not read.</summary>
    public static string InSummary(string text) =>
        $"<code>{System.Net.WebUtility.HtmlEncode(Printable.Clean(text)).Replace("@", "&#64;", StringComparison.Ordinal)}</code>";

    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
