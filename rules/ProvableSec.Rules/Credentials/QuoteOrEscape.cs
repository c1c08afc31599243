#if NET
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ProvableSec.Rules.Credentials;

/// <summary>Where something begins that <see cref="Escapes"/> undoes, in languages in which a quote with another one near behind it is one of those.</summary>
internal static class QuoteOrEscape
{
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        int at = 0;
#if NET
        if (Vector256.IsHardwareAccelerated)
        {
            ref byte first = ref MemoryMarshal.GetReference(text);
            for (; at < text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
            {
                uint hits = Hits(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.LoadUnsafe(ref first, (nuint)at + 1));
                if (hits != 0)
                {
                    return at + BitOperations.TrailingZeroCount(hits);
                }
            }
        }
#endif
        for (; at < text.Length; at++)
        {
            if (text[at] is (byte)'+' or (byte)'&' or (byte)'\\' or (byte)'%' or 0x1B
                || (text[at] is (byte)'"' or (byte)'\'' && at + 1 < text.Length && MayJoin(text[at + 1])))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Whether a character behind a literal can stand between it and the next one.</summary>
    private static bool MayJoin(byte next) => TokenCharacters.IsSpace(next) || TokenCharacters.IsLineEnd(next) || next is (byte)'\\' or (byte)'"' or (byte)'\'';

#if NET
    private static uint Hits(Vector256<byte> bytes, Vector256<byte> next)
    {
        Vector256<byte> escapes = Is(bytes, '+') | Is(bytes, '&') | Is(bytes, '\\') | Is(bytes, '%') | Is(bytes, '\u001b');
        Vector256<byte> joins = Is(next, ' ') | Is(next, '\t') | Is(next, '\n') | Is(next, '\r') | Is(next, '\\') | Is(next, '"') | Is(next, '\'');
        return (escapes | ((Is(bytes, '"') | Is(bytes, '\'')) & joins)).ExtractMostSignificantBits();
    }

    private static Vector256<byte> Is(Vector256<byte> bytes, char character) => Vector256.Equals(bytes, Vector256.Create((byte)character));
#endif
}
