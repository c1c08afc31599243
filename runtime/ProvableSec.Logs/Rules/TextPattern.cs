using System.Text;

namespace ProvableSec.Logs.Rules;

/// <summary>A text in which <c>*</c> stands for any number of characters and everything else for itself. Immutable.</summary>
public sealed class TextPattern : IEquatable<TextPattern>
{
    private readonly byte[][] pieces;

    /// <summary>Creates a pattern.</summary>
    /// <param name="pattern">The text with its asterisks.</param>
    /// <param name="ignoreCase">Whether ASCII letters match in either case.</param>
    public TextPattern(string pattern, bool ignoreCase = false)
    {
        Pattern = ignoreCase ? string.Concat(pattern.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c)) : pattern;
        IgnoreCase = ignoreCase;
        pieces = [.. Pattern.Split('*').Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The text with its asterisks, in lower case where case does not matter.</summary>
    public string Pattern { get; }

    /// <summary>Whether ASCII letters match in either case.</summary>
    public bool IgnoreCase { get; }

    /// <summary>True when it has no asterisk.</summary>
    public bool IsLiteral => pieces.Length == 1;

    /// <summary>Whether a text in UTF-8 is one of those that the pattern stands for.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (pieces.Length == 1)
        {
            return Same(text, pieces[0]);
        }

        byte[] head = pieces[0], tail = pieces[^1];
        if (text.Length < head.Length + tail.Length || !Same(text[..head.Length], head) || !Same(text[^tail.Length..], tail))
        {
            return false;
        }

        // Each piece as early as it can be leaves the most room for the others.
        text = text[head.Length..^tail.Length];
        for (int i = 1; i < pieces.Length - 1; i++)
        {
            int at = IndexOf(text, pieces[i]);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + pieces[i].Length)..];
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other is not null && Pattern == other.Pattern && IgnoreCase == other.IgnoreCase;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Pattern, IgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Pattern;

    private bool Same(ReadOnlySpan<byte> text, byte[] piece)
    {
        if (!IgnoreCase)
        {
            return text.SequenceEqual(piece);
        }

        if (text.Length != piece.Length)
        {
            return false;
        }

        for (int i = 0; i < piece.Length; i++)
        {
            if (Lower(text[i]) != piece[i])
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(ReadOnlySpan<byte> text, byte[] piece)
    {
        if (!IgnoreCase)
        {
            return text.IndexOf(piece);
        }

        for (int i = 0; i + piece.Length <= text.Length; i++)
        {
            if (Same(text.Slice(i, piece.Length), piece))
            {
                return i;
            }
        }

        return -1;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
