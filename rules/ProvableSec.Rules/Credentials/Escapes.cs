using System.Buffers;

namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Undoes the ways in which formats write characters of a credential, so that one value is one spelling to the detectors: <c>\u002B</c>, <c>\x2B</c> and
/// <c>\/</c> of JSON and C#, <c>%2F</c> of URIs, <c>&amp;quot;</c> and <c>&amp;#x2B;</c> of XML, color codes, and literals that are joined or continued.
/// </summary>
internal static class Escapes
{
    private const byte Escape = 0x1B;

    /// <summary>What an escape begins with, the most frequent first.</summary>
    private static ReadOnlySpan<byte> Anchors => "+&\\%\u001b"u8;

    /// <summary>Undoes one layer.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="outer">The map of the text.</param>
    /// <param name="joinsNeighbors">Whether the language joins literals that stand beside each other.</param>
    /// <param name="undone">The text that is meant, in an array that is borrowed of <see cref="ArrayPool{T}.Shared"/>; empty when it is the same.</param>
    /// <param name="count">How long that is.</param>
    /// <param name="map">Where that stands.</param>
    /// <returns>Whether anything was undone.</returns>
    public static bool TryUndo(ReadOnlySpan<byte> text, PositionMap? outer, bool joinsNeighbors, out byte[] undone, out int count, out PositionMap? map)
    {
        undone = [];
        count = 0;
        int copied = 0;
        map = null;
        for (int at = 0; (joinsNeighbors ? QuoteOrEscape.IndexIn(text.Slice(at)) : text.Slice(at).IndexOfAny(Anchors)) is >= 0 and var next;)
        {
            at += next;
            if (!CanBegin(text, at) || Read(text, at, out int start, out int meant) is not (> 0 and var length))
            {
                at++;
                continue;
            }

            if (map is null)
            {
                undone = ArrayPool<byte>.Shared.Rent(text.Length);
                map = new PositionMap(outer);
                map.Add(0, 0);
            }

            // What joins two literals begins before its anchor.
            start = Math.Max(start, copied);
            text.Slice(copied, start - copied).CopyTo(undone.AsSpan(count));
            count += start - copied;
            copied = at + length;
            map.Add(count, start);
            if (meant >= 0)
            {
                // A quote within a literal of another kind stays one within a literal.
                if (meant is '"' or '\'')
                {
                    undone[count++] = (byte)'\\';
                }

                undone[count++] = (byte)meant;
            }

            map.Add(count, copied);
            at = copied;
        }

        if (map is null)
        {
            return false;
        }

        text.Slice(copied).CopyTo(undone.AsSpan(count));
        count += text.Length - copied;
        map.Add(count + 1, text.Length + 1);
        return true;
    }

    /// <summary>Whether the next character, or that before a plus, can belong to what is undone: a look that most anchors in code do not pass.</summary>
    private static bool CanBegin(ReadOnlySpan<byte> text, int at)
    {
        byte next = at + 1 < text.Length ? text[at + 1] : (byte)0;
        return text[at] switch
        {
            (byte)'+' => at > 0 && text[at - 1] is (byte)'"' or (byte)'\'' or (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r'
                && next is (byte)'"' or (byte)'\'' or (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'$' or (byte)'@',
            (byte)'\\' => next is (byte)'u' or (byte)'U' or (byte)'x' or (byte)'/' or (byte)'\\' or (byte)'e' or (byte)'0' or (byte)'\n' or (byte)'\r',
            (byte)'&' => next is (byte)'q' or (byte)'a' or (byte)'#' or (byte)' ' or (byte)'"' or (byte)'\t' or (byte)'\n' or (byte)'\r',
            (byte)'%' => TokenCharacters.IsHex(next),
            (byte)'"' or (byte)'\'' => next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\\' or (byte)'"' or (byte)'\'',
            _ => true,
        };
    }

    /// <summary>The length of the escape at an anchor, 0 for none; where it begins; and the character that it means, -1 for none.</summary>
    private static int Read(ReadOnlySpan<byte> text, int at, out int start, out int meant)
    {
        start = at;
        meant = -1;
        ReadOnlySpan<byte> rest = text.Slice(at);
        switch (rest[0])
        {
            case (byte)'%':
                meant = rest.Length > 2 ? Hex(rest.Slice(1, 2)) : -1;
                // What ends a value ends it here, but not the URI that it is part of.
                bool isEnd = meant is '"' or '\'' or ' ' or '\n' or '&';
                int length = IsOfValue(meant) && meant != '-' ? 3 : 0;
                meant = isEnd ? '|' : meant;
                return length;
            case (byte)'&':
                return Entity(rest, out meant) is > 0 and var entity ? entity : LiteralJoin.At(text, at, out start);
            case (byte)'\\':
                return Backslash(rest, out meant) is > 0 and var escape ? escape : LiteralJoin.At(text, at, out start);
            case Escape:
                return ColorCode(rest, 1);
            case (byte)'"' or (byte)'\'':
                return LiteralJoin.Neighbor(text, at);
            default:
                return LiteralJoin.At(text, at, out start);
        }
    }

    /// <summary>Escapes in strings; JSON within JSON has more backslashes.</summary>
    private static int Backslash(ReadOnlySpan<byte> rest, out int meant)
    {
        meant = -1;
        int slashes = 1;
        while (slashes < rest.Length && slashes < 8 && rest[slashes] == (byte)'\\')
        {
            slashes++;
        }

        if (slashes == rest.Length)
        {
            return 0;
        }

        int digits = rest[slashes] switch { (byte)'u' => 4, (byte)'U' => 8, (byte)'x' => 2, _ => 0 };
        if (digits > 0 && rest.Length > slashes + digits && Hex(rest.Slice(slashes + 1, digits)) is var character
            && (IsOfValue(character) || character is Escape or '<' or '>' or '&'))
        {
            return character == Escape ? ColorCode(rest, slashes + 1 + digits) : Meaning(character, slashes + 1 + digits, out meant);
        }

        if (rest[slashes] == (byte)'/')
        {
            return Meaning('/', slashes + 1, out meant);
        }

        return rest.Slice(slashes).StartsWith("e["u8) ? ColorCode(rest, slashes + 1) : rest.Slice(slashes).StartsWith("033["u8) ? ColorCode(rest, slashes + 3)
            : 0;
    }

    private static int Entity(ReadOnlySpan<byte> rest, out int meant)
    {
        meant = -1;
        if (rest.Length < 4)
        {
            return 0;
        }

        if (rest[1] != (byte)'#')
        {
            // Other entities are limits of a value as they are, and comments in code are full of them.
            return rest.StartsWith("&quot;"u8) ? Meaning('"', 6, out meant)
                : rest.StartsWith("&apos;"u8) ? Meaning('\'', 6, out meant)
                : rest.StartsWith("&amp;quot;"u8) || rest.StartsWith("&amp;#"u8) ? Meaning('&', 5, out meant)
                : 0;
        }

        int end = rest.Slice(0, Math.Min(rest.Length, 10)).IndexOf((byte)';');
        if (end < 3)
        {
            return 0;
        }

        ReadOnlySpan<byte> number = rest.Slice(2, end - 2);
        int character = number[0] is (byte)'x' or (byte)'X' ? Hex(number.Slice(1)) : Decimal(number);
        return IsOfValue(character) || character is '<' or '>' ? Meaning(character, end + 1, out meant) : 0;
    }

    /// <summary><c>ESC [ … letter</c> (ECMA-48, CSI), from behind the ESC, however that is written.</summary>
    private static int ColorCode(ReadOnlySpan<byte> rest, int at)
    {
        if (at >= rest.Length || rest[at] != (byte)'[')
        {
            return 0;
        }

        for (at++; at < rest.Length && rest[at] is >= 0x20 and <= 0x3F; at++)
        {
        }

        return at < rest.Length && rest[at] is >= 0x40 and <= 0x7E ? at + 1 : 0;
    }

    private static int Meaning(int character, int length, out int meant)
    {
        meant = character;
        return length;
    }

    /// <summary>
    /// Characters of values and what separates them. What marks a hole to be filled (<c>{</c>, <c>$</c>, <c>[</c>, …) stays escaped, since an escaped one is
    /// none; so does <c>@</c>, which is a separator only where it is not escaped.
    /// </summary>
    private static bool IsOfValue(int character) =>
        character is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')
            or '+' or '/' or '=' or '-' or '_' or '.' or ':' or ';' or ',' or '&' or '%' or '"' or '\'' or ' ' or '\n';

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            if (!TokenCharacters.IsHex(digit) || value > 0xFFFFF)
            {
                return -1;
            }

            value = (value << 4) | (digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return digits.IsEmpty ? -1 : value;
    }

    private static int Decimal(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            value = (10 * value) + digit - '0';
        }

        return value;
    }
}
