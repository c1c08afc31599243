using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>What CI systems and terminals do with a log, by their own rules.</summary>
internal static partial class CiLog
{
    /// <summary>
    /// The commands of GitHub's runner in a log (actions/runner, ActionCommand.cs): <c>::name properties::data</c> behind white space at the beginning of a
    /// line, and
    /// <c>##[name properties]data</c> anywhere in one.
    /// </summary>
    public static IEnumerable<(string Name, IReadOnlyDictionary<string, string> Properties, string Data)> GitHub(string log)
    {
        foreach (string line in LinesOf(log))
        {
            string trimmed = line.TrimStart();
            int end = trimmed.StartsWith("::", StringComparison.Ordinal) ? trimmed.IndexOf("::", 2, StringComparison.Ordinal) : -1;
            if (end >= 0)
            {
                string[] parts = trimmed[2..end].Split(' ', 2);
                var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                foreach (string property in parts.Length > 1 ? parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries) : [])
                {
                    string[] pair = property.Split('=', 2);
                    properties[pair[0].Trim()] = pair.Length > 1 ? Unescaped(pair[1].Trim()) : "";
                }

                yield return (parts[0], properties, Unescaped(trimmed[(end + 2)..]));
            }
            else if (line.Contains("##[", StringComparison.Ordinal))
            {
                yield return ("##[", new Dictionary<string, string>(), line);
            }
        }
    }

    /// <summary>The commands of Azure Pipelines' agent (microsoft/azure-pipelines-agent, Command.cs) and its marks of sections and errors.</summary>
    public static IEnumerable<string> Azure(string log) =>
        LinesOf(log).Where(line => line.Contains("##vso[", StringComparison.OrdinalIgnoreCase) || line.Contains("##[", StringComparison.Ordinal));

    /// <summary>The marks of GitLab's sections (GitLab Docs, "Custom collapsible sections").</summary>
    public static IEnumerable<string> GitLab(string log) => LinesOf(log).Where(line => Section().IsMatch(line));

    /// <summary>Characters that a terminal obeys, or that hide or turn what is read; line feeds and tabs aside.</summary>
    public static IEnumerable<string> Unseen(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            bool isRune = Rune.TryGetRuneAt(text, i, out Rune rune);
            if (!isRune || (rune.Value is not ('\n' or '\t')
                && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator))
            {
                yield return $"U+{(isRune ? rune.Value : text[i]):X4} at {i}";
            }

            i += isRune ? rune.Utf16SequenceLength : 1;
        }
    }

    private static string[] LinesOf(string log) => log.Split('\n', '\r');

    private static string Unescaped(string text) => text.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)
        .Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    [GeneratedRegex("section_(start|end):")]
    private static partial Regex Section();
}
