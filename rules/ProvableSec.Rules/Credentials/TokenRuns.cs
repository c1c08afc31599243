#if NET
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Finds the maximal stretches of at least <see cref="Shortest"/> token characters. Every credential with a format of its own lies in one, so
/// the rest of a text is never looked at twice. Where there are vectors, sixty-four characters are one number, in which such a stretch shows; else a window
/// whose last character is not a token character is skipped whole, as Boyer and Moore do.
/// </summary>
internal ref struct TokenRuns(ReadOnlySpan<byte> text)
{
    /// <summary>The length of an access key ID.</summary>
    public const int Shortest = 20;

    private readonly ReadOnlySpan<byte> text = text;
    private int from;

    /// <summary>The first character of the current run.</summary>
    public int Start { get; private set; }

    /// <summary>The place behind the current run.</summary>
    public int End { get; private set; }

    /// <summary>Goes to the next run.</summary>
    public bool Next()
    {
#if NET
        if (Vector256.IsHardwareAccelerated)
        {
            int found = FindInBlocks();
            if (found >= 0)
            {
                return Take(found, found + Shortest);
            }
        }
#endif

        // Invariant: no run of the right length starts before "start", and everything in start..known is a token character.
        int start = from, known = from - 1, last = start + Shortest - 1;
        while (last < text.Length)
        {
            int at = last;
            while (at > known && TokenCharacters.IsToken(text[at]))
            {
                at--;
            }

            if (at > known)
            {
                known = last;
                start = at + 1;
                last = at + Shortest;
                continue;
            }

            return Take(start, last + 1);
        }

        return false;
    }

    private bool Take(int start, int end)
    {
        while (end < text.Length && TokenCharacters.IsToken(text[end]))
        {
            end++;
        }

        Start = start;
        End = end;
        from = end + 1;
        return true;
    }

#if NET
    /// <summary>Where the next run begins, as far as there are whole blocks; -1 when it does not begin there, and then <see cref="from"/> is behind what is
    /// known.</summary>
    private int FindInBlocks()
    {
        const int Block = 64;
        ref byte first = ref MemoryMarshal.GetReference(text);
        // How many characters before "at" are of a run that may go on.
        int open = 0, at = from;
        for (; at <= text.Length - Block; at += Block)
        {
            ulong tokens = Tokens(ref first, at) | ((ulong)Tokens(ref first, at + (Block / 2)) << (Block / 2));
            int leading = BitOperations.TrailingZeroCount(~tokens);
            if (open + leading >= Shortest)
            {
                return at - open;
            }

            // A bit stays where it and the nineteen behind it are set.
            ulong runs = tokens & (tokens >> 1);
            runs &= runs >> 2;
            runs &= runs >> 4;
            runs &= runs >> 8;
            runs &= runs >> 4;
            if (runs != 0)
            {
                return at + BitOperations.TrailingZeroCount(runs);
            }

            open = BitOperations.LeadingZeroCount(~tokens);
        }

        from = Math.Min(at - open, text.Length);
        return -1;
    }

    private static uint Tokens(ref byte first, int at)
    {
        Vector256<byte> bytes = Vector256.LoadUnsafe(ref first, (nuint)at);
        // Upper and lower case differ in one bit; the slash stands before the digits.
        Vector256<byte> letters = (bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a');
        Vector256<byte> digits = bytes - Vector256.Create((byte)'/');
        Vector256<byte> tokens = Vector256.LessThanOrEqual(letters, Vector256.Create((byte)25))
            | Vector256.LessThanOrEqual(digits, Vector256.Create((byte)10))
            | Vector256.Equals(bytes, Vector256.Create((byte)'+'));
        return tokens.ExtractMostSignificantBits();
    }
#endif
}
