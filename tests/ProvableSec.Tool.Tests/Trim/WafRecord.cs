using System.IO.Compression;
using System.Text;

namespace ProvableSec.Tool.Tests.Trim;

/// <summary>Records and files of them.</summary>
internal static class WafRecord
{
    public static string Of(string action, string id, string args = "") =>
        $"{{\"webaclId\":\"w\",\"terminatingRuleId\":\"Default_Action\",\"action\":\"{action}\",\"httpRequest\":{{\"clientIp\":\"198.51.100.7\",\"uri\":\"/\",\"args\":\"{args}\",\"requestId\":\"{id}\"}}}}";

    public static byte[] Gzip(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    public static string Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return new StreamReader(gzip).ReadToEnd();
    }

    public static byte[] Zstandard(string text)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
    }

    public static string Unzstandard(byte[] bytes)
    {
        using var stream = new ZstdSharp.DecompressionStream(new MemoryStream(bytes));
        return new StreamReader(stream).ReadToEnd();
    }
}
