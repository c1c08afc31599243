using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>The inside of strings in which not all characters are plain.</summary>
internal static class EscapedText
{
    private const uint EvenBits = 0x5555_5555;

    /// <summary>Where a string ends.</summary>
    /// <param name="data">The line, and what follows it.</param>
    /// <param name="at">A character of the string, behind its opening quote, that is not escaped.</param>
    /// <returns>The closing quote; less than 0 when the string has what strings cannot have, or does not end. That bytes which are not ASCII are UTF-8 is not
    /// checked.</returns>
    public static int End(ReadOnlySpan<byte> data, int at)
    {
        int end = EndByBlocks(data, at, out bool hasOthers);
        return hasOthers ? JsonTokens.EndOfString(data, at - 1) - 1 : end;
    }

    /// <summary>All of a block at once, for as long as escapes are the short ones.</summary>
    private static int EndByBlocks(ReadOnlySpan<byte> data, int at, out bool hasOthers)
    {
        ref byte first = ref MemoryMarshal.GetReference(data);
        uint escaped = 0;
        hasOthers = false;
        for (; at <= data.Length - TemplateTree.Room; at += TemplateTree.Width)
        {
            var bytes = Vector256.LoadUnsafe(ref first, (nuint)at);

            // Which characters a backslash escapes: every second one of a run, and the one after a run of odd length.
            uint escaping = Equal(bytes, '\\') & ~escaped;
            uint follows = (escaping << 1) | escaped;
            uint sum = escaping + (escaping & ~EvenBits & ~follows);
            uint escape = (EvenBits ^ (sum << 1)) & follows;
            escaped = sum < escaping ? 1U : 0;

            uint ends = Equal(bytes, '"') & ~escape;
            uint inside = (ends & (0 - ends)) - 1;
            hasOthers = (escape & inside & ~ShortEscapes(bytes)) != 0;
            if (hasOthers || (Vector256.LessThan(bytes, Vector256.Create((byte)0x20)).ExtractMostSignificantBits() & inside) != 0)
            {
                return -1;
            }

            if (ends != 0)
            {
                return at + BitOperations.TrailingZeroCount(ends);
            }
        }

        return -1;
    }

    /// <summary>The characters that may follow a backslash, but for <c>u</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ShortEscapes(Vector256<byte> bytes) =>
        Equal(bytes, '"') | Equal(bytes, '\\') | Equal(bytes, '/') | Equal(bytes, 'b') | Equal(bytes, 'f') | Equal(bytes, 'n') | Equal(bytes, 'r')
            | Equal(bytes, 't');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal(Vector256<byte> bytes, char value) => Vector256.Equals(bytes, Vector256.Create((byte)value)).ExtractMostSignificantBits();
}
