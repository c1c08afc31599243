using System.Buffers.Binary;

namespace ProvableSec.Tool.Scan;

/// <summary>Tells UTF-16 without a byte order mark, as tools of Windows write it, from what is not text: by its zeros, which stand at every other place
/// only.</summary>
internal static class UnmarkedUtf16
{
    /// <summary>Whether a beginning of some bytes is UTF-16.</summary>
    /// <param name="probe">The beginning.</param>
    /// <param name="isLittle">Whether the low byte comes first.</param>
    public static bool Is(ReadOnlySpan<byte> probe, out bool isLittle)
    {
        int even = 0, odd = 0;
        for (int i = 0; i < probe.Length; i++)
        {
            if (probe[i] == 0)
            {
                _ = i % 2 == 0 ? even++ : odd++;
            }
        }

        isLittle = odd > 0;
        if (odd > 0 == even > 0)
        {
            return false;
        }

        for (int i = 0; i + 1 < probe.Length; i += 2)
        {
            ushort unit = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(probe[i..]) : BinaryPrimitives.ReadUInt16BigEndian(probe[i..]);
            // No text has control characters or these.
            if (unit is < 0x20 and not ('\t' or '\n' or '\r' or 0x1B or '\f') || unit is 0xFFFE or 0xFFFF)
            {
                return false;
            }
        }

        return true;
    }
}
