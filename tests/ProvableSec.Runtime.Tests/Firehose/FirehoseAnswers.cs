using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Events and answers of a Firehose transformation.</summary>
internal static class FirehoseAnswers
{
    public static string Event(params string[] data) => EventOf([.. data.Select(Encoding.UTF8.GetBytes)]);

    public static string EventOf(params byte[][] data) => JsonSerializer.Serialize(new
    {
        invocationId = "i",
        deliveryStreamArn = "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-example",
        region = "us-east-1",
        records = data.Select((bytes, i) => new { recordId = $"id-{i}", approximateArrivalTimestamp = 1767225600000, data = Convert.ToBase64String(bytes) }),
    });

    public static (string Id, string Result, string? Data)[] Read(ReadOnlySpan<byte> answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer.ToArray());
        return
        [
            .. document.RootElement.GetProperty("records").EnumerateArray().Select(record => (
                record.GetProperty("recordId").GetString()!,
                record.GetProperty("result").GetString()!,
                record.TryGetProperty("data", out JsonElement data) ? Encoding.UTF8.GetString(data.GetBytesFromBase64()) : null)),
        ];
    }

    public static byte[] Subscription(string type, params string[] messages)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip,
                new
                {
                    messageType = type,
                    logGroup = "aws-waf-logs-example",
                    logEvents = messages.Select((message, i) => new { id = $"{i}", timestamp = 0, message })
                });
        }

        return bytes.ToArray();
    }
}
