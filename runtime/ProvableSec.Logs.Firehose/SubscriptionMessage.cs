using System.IO.Compression;
using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// What a subscription filter of CloudWatch Logs puts into a stream: gzip around JSON, in which each log event's message is a log record
/// (Amazon CloudWatch Logs User Guide, "Subscription filters with Amazon Data Firehose").
/// </summary>
internal static class SubscriptionMessage
{
    // A record has 1,000 KiB; log text does not shrink to less than a thousandth.
    private const int MostBytes = 256 << 20;

    public static bool IsCompressed(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Writes the messages as lines.</summary>
    /// <param name="data">The compressed message.</param>
    /// <param name="lines">Receives the lines; none for a control message.</param>
    /// <returns>False when it is no such message, or not a whole one.</returns>
    public static bool TryRead(byte[] data, ByteBuffer lines)
    {
        lines.Truncate(0);
        try
        {
            return Decompress(data) is { } json && ReadMessages(json, lines);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static byte[]? Decompress(byte[] data)
    {
        using var gzip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        using var json = new MemoryStream();
        byte[] block = new byte[1 << 16];
        int read;
        while ((read = gzip.Read(block)) > 0)
        {
            if (json.Length + read > MostBytes)
            {
                return null;
            }

            json.Write(block, 0, read);
        }

        return json.ToArray();
    }

    private static bool ReadMessages(byte[] json, ByteBuffer lines)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        string? type = document.RootElement.GetProperty("messageType"u8).GetString();
        if (type != "DATA_MESSAGE")
        {
            return type == "CONTROL_MESSAGE";
        }

        foreach (JsonElement logEvent in document.RootElement.GetProperty("logEvents"u8).EnumerateArray())
        {
            string message = logEvent.GetProperty("message"u8).GetString() ?? throw new JsonException("a log event without a message");
            lines.Write(System.Text.Encoding.UTF8.GetBytes(message.ReplaceLineEndings(" ")));
            lines.Write("\n"u8);
        }

        return true;
    }
}
