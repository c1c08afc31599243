using System.Buffers.Binary;
using System.IO.Compression;

namespace ProvableSec.Logs.Compressed;

/// <summary>
/// Says what is wrong with a gzip file. Slow, because it must know where compressed data end: <see cref="DeflateStream"/> reads on, so that it is given one
/// byte
/// at a time. For files that could not be read.
/// </summary>
internal static class GzipDiagnosis
{
    /// <summary>Of longer files only the beginning is looked at.</summary>
    private const int MostBytes = 32 << 20;

    private const int HeaderLength = 10, HasExtra = 4, HasName = 8, HasComment = 16, HasHeaderChecksum = 2;

    private static readonly uint[] Checksums = [.. Enumerable.Range(0, 256).Select(ChecksumOf)];

    /// <summary>What is wrong.</summary>
    /// <param name="file">The file from its beginning.</param>
    /// <returns>A phrase; null when nothing was found in the part that was looked at.</returns>
    public static string? Find(Stream file)
    {
        byte[] bytes = new byte[1 << 16];
        int length = 0, read;
        while (length < MostBytes && (read = file.Read(bytes, length, bytes.Length - length)) > 0)
        {
            length += read;
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, length * 2);
            }
        }

        bool isWhole = length < MostBytes;
        var source = new ByteByByte(bytes, length);
        for (bool isFirst = true; source.Position < length; isFirst = false)
        {
            int start = source.Position;
            if (length - start < 2 || bytes[start] != 0x1F || bytes[start + 1] != 0x8B)
            {
                return isFirst ? "this is not a gzip file" : isWhole ? $"{length - start} bytes follow the compressed data that are not gzip" : null;
            }

            if (!SkipHeader(source))
            {
                return isWhole ? "the compressed data break off" : null;
            }

            uint checksum, size;
            try
            {
                (checksum, size) = Inflate(source);
            }
            catch (InvalidDataException)
            {
                return $"the compressed data are damaged near byte {source.Position}";
            }

            if (length - source.Position < 2 * sizeof(uint))
            {
                return isWhole ? "the compressed data break off" : null;
            }

            ReadOnlySpan<byte> trailer = bytes.AsSpan(source.Position);
            if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != checksum || BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]) != size)
            {
                return "the content does not have the checksum that stands behind it (CRC-32): it has been changed";
            }

            source.Position += 2 * sizeof(uint);
        }

        return isWhole && length == 0 ? "it is empty, not a gzip file" : null;
    }

    private static bool SkipHeader(ByteByByte source)
    {
        if (source.Rest.Length < HeaderLength)
        {
            return false;
        }

        byte flags = source.Rest[3];
        source.Position += HeaderLength;
        if ((flags & HasExtra) != 0)
        {
            if (source.Rest.Length < 2)
            {
                return false;
            }

            source.Position += 2 + BinaryPrimitives.ReadUInt16LittleEndian(source.Rest);
        }

        foreach (int flag in (ReadOnlySpan<int>)[HasName, HasComment])
        {
            if ((flags & flag) != 0)
            {
                int end = source.Rest.IndexOf((byte)0);
                if (end < 0)
                {
                    return false;
                }

                source.Position += end + 1;
            }
        }

        source.Position += (flags & HasHeaderChecksum) != 0 ? 2 : 0;
        return !source.Rest.IsEmpty;
    }

    private static (uint Checksum, uint Size) Inflate(ByteByByte source)
    {
        using var inflated = new DeflateStream(source, CompressionMode.Decompress, leaveOpen: true);
        byte[] block = new byte[1 << 16];
        uint checksum = uint.MaxValue, size = 0;
        int read;
        while ((read = inflated.Read(block)) > 0)
        {
            foreach (byte b in block.AsSpan(0, read))
            {
                checksum = Checksums[(byte)(checksum ^ b)] ^ (checksum >> 8);
            }

            size += (uint)read;
        }

        return (~checksum, size);
    }

    private static uint ChecksumOf(int value)
    {
        uint checksum = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            checksum = (checksum & 1) != 0 ? 0xEDB8_8320 ^ (checksum >> 1) : checksum >> 1;
        }

        return checksum;
    }

    private sealed class ByteByByte(byte[] bytes, int length) : ForwardStream
    {
        public new int Position { get; set; }

        public ReadOnlySpan<byte> Rest => Position < length ? bytes.AsSpan(Position, length - Position) : default;

        public override int Read(Span<byte> buffer)
        {
            if (Rest.IsEmpty || buffer.IsEmpty)
            {
                return 0;
            }

            buffer[0] = bytes[Position++];
            return 1;
        }
    }
}
