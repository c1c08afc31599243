using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Scan;

/// <summary>
/// The file <c>.gitallowed</c> of git-secrets: a regular expression a line, <c>#</c> for comments; what matches <c>file:line:text</c> of a finding allows it.
/// </summary>
internal sealed class GitAllowed
{
    public const string FileName = ".gitallowed";

    /// <summary>Such a file may have this many bytes: it is read by hand now and then.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>Characters times patterns of a run: some seconds.</summary>
    public const long MostWork = 2_000_000_000;

    private const int LongestLine = 4096;

    private readonly Regex[] patterns;

    private long work;

    private GitAllowed(Regex[] patterns)
    {
        this.patterns = patterns;
    }

    public static GitAllowed None { get; } = new([]);

    /// <summary>Reads the patterns.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problem">What is wrong with it: the first line, counted from 1, that is not a regular expression which runs in linear time.</param>
    public static GitAllowed Read(string text, out (int Line, string Why)? problem)
    {
        problem = null;
        var patterns = new List<Regex>();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i].StartsWith('#'))
            {
                continue;
            }

            try
            {
                patterns.Add(new Regex(lines[i], RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                problem ??= (i + 1, e is NotSupportedException ? "look-around and back-references are not supported" : "not a regular expression");
            }
        }

        return new GitAllowed([.. patterns]);
    }

    /// <summary>Whether so much was asked of the patterns that the rest of the findings was not.</summary>
    public bool IsExhausted => Volatile.Read(ref work) > MostWork;

    /// <summary>Whether a finding on a line is allowed.</summary>
    public bool Allows(string file, int line, ReadOnlySpan<byte> text, int lineStart)
    {
        if (patterns.Length == 0 || IsExhausted)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[lineStart..Math.Min(text.Length, lineStart + LongestLine)];
        int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        string shown = string.Create(CultureInfo.InvariantCulture, $"{file}:{line}:{Encoding.UTF8.GetString(end < 0 ? rest : rest[..end])}");
        Interlocked.Add(ref work, (long)shown.Length * patterns.Length);
        return Array.Exists(patterns, pattern => pattern.IsMatch(shown));
    }
}
