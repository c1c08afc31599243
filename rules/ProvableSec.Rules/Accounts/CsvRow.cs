using System.Text;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Accounts;

/// <summary>A line of comma-separated values (RFC 4180), each with its place: findings are at values, and readers of CSV forget where they were.</summary>
/// <param name="Values">The values, quotes removed.</param>
/// <param name="Spans">Where each stands.</param>
internal sealed record CsvRow(IReadOnlyList<string> Values, IReadOnlyList<TextRange> Spans)
{
    /// <summary>All lines that hold something.</summary>
    public static IEnumerable<CsvRow> ReadAll(string text)
    {
        var values = new List<string>();
        var spans = new List<TextRange>();
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            values.Add(Value(text, ref at));
            spans.Add(TextRange.FromBounds(start, at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length)
                {
                    continue;
                }
            }

            while (at < text.Length && text[at] is '\r' or '\n')
            {
                at++;
            }

            if (values.Count > 1 || values[0].Length > 0)
            {
                yield return new CsvRow([.. values], [.. spans]);
            }

            values.Clear();
            spans.Clear();
        }
    }

    private static string Value(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
        {
            int start = at;
            while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            {
                at++;
            }

            return text.Substring(start, at - start);
        }

        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 >= text.Length || text[at + 1] != '"'))
            {
                at++;
                break;
            }

            at += text[at] == '"' ? 1 : 0;
            value.Append(text[at]);
        }

        return value.ToString();
    }
}
