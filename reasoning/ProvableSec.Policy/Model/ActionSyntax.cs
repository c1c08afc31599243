using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>How actions are written: a service and a name in letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, with one colon between them.</summary>
internal static class ActionSyntax
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Whether a text is written as the name of one action.</summary>
    public static bool IsName(string text) => text.IndexOfAny(Wildcards) < 0 && HasServiceAndName(text) && HasOneColon(text) && FirstForeign(text) < 0;

    /// <summary>Whether a text is written as a pattern of actions.</summary>
    public static bool IsPattern(string text) => HasServiceAndName(text)
        ? HasOneColon(text) && FirstForeign(text) < 0

        // IAM takes a pattern without a colon only when it is all stars.
        : text.Length > 0 && text.Trim('*').Length == 0;

    /// <summary>
    /// Why a text that AWS accepts as an action matches none: white space, a comma or another character that no action has. Null for every other text.
    /// A missing service ("must be prefaced by a vendor") or a second colon alone ("can contain only one colon") is what AWS refuses.
    /// </summary>
    public static string? WhyItMatchesNothing(string text) => HasServiceAndName(text) && FirstForeign(text) is >= 0 and var at
        ? $"\"{Excerpt.Of(text)}\" contains {InWords(text[at])}, which no action has, so it matches nothing; {Advice(text)}"
        : null;

    private static bool HasServiceAndName(string text) => text.IndexOf(':') is > 0 and var colon && colon < text.Length - 1;

    private static bool HasOneColon(string text) => text.IndexOf(':') == text.LastIndexOf(':');

    /// <summary>Where the first character stands that is neither one of an action nor a wildcard; -1 when there is none.</summary>
    private static int FirstForeign(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '*' or '?' or ':'))
            {
                return i;
            }
        }

        return -1;
    }

    private static string InWords(char c) => c switch
    {
        ' ' => "a space",
        '\t' => "a tab",
        '\n' or '\r' => "a line break",
        ',' => "a comma",
        _ => Excerpt.OfCharacter(c),
    };

    private static string Advice(string text)
    {
        if (text.IndexOf(',') >= 0)
        {
            return "write each action as a string of its own";
        }

        string without = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return IsPattern(without) ? $"did you mean \"{Excerpt.Of(without)}\"?" : "expected \"service:Name\", such as \"s3:GetObject\"";
    }
}
