using System.IO.Compression;
using System.Security.Cryptography;
using ProvableSec.Logs.Compressed;

namespace ProvableSec.Runtime.Tests.Compressed;

public sealed class GzipDiagnosisTests
{
    // Bytes without structure are stored as they are, text is not.
    private static readonly byte[] Text = [.. Enumerable.Range(0, 20_000).SelectMany(i => System.Text.Encoding.UTF8.GetBytes($"line {i * 7919}\n"))];

    public static TheoryData<byte[]> Contents() => new("a"u8.ToArray(), Text, RandomNumberGenerator.GetBytes(100_000));

    [Theory]
    [MemberData(nameof(Contents))]
    public void Each_damage_has_its_own_name(byte[] content)
    {
        byte[] whole = Gzip(content);
        Assert.Null(Find(whole));
        Assert.Null(Find([.. whole, .. whole]));
        Assert.Equal("the compressed data break off", Find(whole[..^1]));
        Assert.Equal("the compressed data break off", Find(whole[..^8]));
        Assert.Equal("the compressed data break off", Find([.. whole, .. whole[..^3]]));
        Assert.Equal("the compressed data break off", Find(whole[..15]));
        Assert.Equal("the compressed data break off", Find(whole[..5]));
        Assert.Equal("5 bytes follow the compressed data that are not gzip", Find([.. whole, .. "extra"u8]));
        Assert.Equal("1 bytes follow the compressed data that are not gzip", Find([.. whole, 0x1F]));
        byte[] changed = [.. whole];
        changed[^6] ^= 1;
        Assert.Equal("the content does not have the checksum that stands behind it (CRC-32): it has been changed", Find(changed));
        Assert.Equal("this is not a gzip file", Find("{\"a\":1}\n"u8.ToArray()));
        Assert.Equal("it is empty, not a gzip file", Find([]));
    }

    [Fact]
    public void Damage_within_the_data_is_found()
    {
        byte[] damaged = Gzip(Text);
        damaged.AsSpan(damaged.Length / 2, 8).Fill(0xFF);
        Assert.Matches("^the compressed data are damaged near byte [0-9]+$|^the content does not have the checksum", Find(damaged));
    }

    [Fact]
    public void Optional_parts_of_the_header_are_read()
    {
        byte[] whole = Gzip(Text);
        byte[] full = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, .. "name\0comment\0"u8, 1, 2, .. whole.AsSpan(10)];
        Assert.Null(Find(full));
        Assert.Equal("the compressed data break off", Find(full[..20]));
    }

    [Fact]
    public void What_is_damaged_is_never_read_as_whole()
    {
        byte[] whole = Gzip(Text);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. whole];
            int at = 10 + (i * 7919 % (damaged.Length - 10));
            damaged[at] ^= (byte)(1 << (i % 8));
            using var input = new GzipInput(new MemoryStream(damaged));
            Exception? thrown = Record.Exception(() => input.CopyTo(Stream.Null));
            Assert.IsType<InvalidDataException>(thrown);
        }
    }

    [Fact]
    public void What_cannot_be_a_log_is_not_decompressed_to_its_end()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
            {
                gzip.Write(zeros);
            }
        }

        bomb.Position = 0;
        using var input = new GzipInput(bomb);
        IOException refused = Assert.Throws<IOException>(() => input.CopyTo(Stream.Null));
        Assert.Contains("more than 500 times its size", refused.Message, StringComparison.Ordinal);
    }

    private static string? Find(byte[] file) => GzipDiagnosis.Find(new MemoryStream(file));

    private static byte[] Gzip(byte[] content)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }
}
