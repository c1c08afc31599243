using System.Net;
using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>The objects of an event of S3 (Amazon S3 User Guide, "Event message structure").</summary>
internal static class ObjectEvent
{
    /// <summary>Whether an event is one of S3: its only member is <c>Records</c>, where those of Firehose have another order and other names.</summary>
    public static bool IsOne(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        // S3 asks with s3:TestEvent, which begins with the name of the service, whether it may notify.
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            && (reader.ValueTextEquals("Records"u8) || reader.ValueTextEquals("Service"u8));
    }

    /// <summary>Reads the objects that have been created; none of a test event.</summary>
    /// <exception cref="JsonException">It is no such event.</exception>
    public static IReadOnlyList<LogObject> Read(ReadOnlySpan<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        if (!document.RootElement.TryGetProperty("Records"u8, out JsonElement records))
        {
            return document.RootElement.TryGetProperty("Event"u8, out JsonElement kind) && kind.ValueEquals("s3:TestEvent"u8) ? [] : throw Unknown();
        }

        var objects = new List<LogObject>();
        try
        {
            foreach (JsonElement record in records.EnumerateArray())
            {
                JsonElement s3 = record.GetProperty("s3"u8), thing = s3.GetProperty("object"u8);
                string bucket = s3.GetProperty("bucket"u8).GetProperty("name"u8).GetString() ?? throw Unknown();
                // Keys are written as in forms: a space is a plus.
                string key = WebUtility.UrlDecode(thing.GetProperty("key"u8).GetString()) ?? throw Unknown();
                if (record.GetProperty("eventName"u8).GetString()?.StartsWith("ObjectCreated:", StringComparison.Ordinal) == true)
                {
                    objects.Add(new LogObject(bucket, key, thing.TryGetProperty("versionId"u8, out JsonElement version) ? version.GetString() : null));
                }
            }
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw Unknown();
        }

        return objects;
    }

    private static JsonException Unknown() => new("expected an event of Amazon S3: an object with \"Records\", each with \"eventName\", \"s3.bucket.name\" and \"s3.object.key\"");
}
