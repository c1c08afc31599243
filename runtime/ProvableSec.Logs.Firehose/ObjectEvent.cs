using System.Net;
using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// The objects of an event of S3 (Amazon S3 User Guide, "Event message structure", "EventBridge event message structure"), as S3 hands it over itself or by way
/// of
/// SNS, SQS or EventBridge.
/// </summary>
internal static class ObjectEvent
{
    /// <summary>A notification in a message in a message: S3 to SNS to SQS.</summary>
    private const int MostLayers = 4;

    /// <summary>Whether an event is one of S3. Those of Firehose have other members.</summary>
    public static bool IsOne(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("records"u8))
            {
                return false;
            }

            // S3 asks with s3:TestEvent, which begins with the name of the service, whether it may notify.
            if (reader.ValueTextEquals("Records"u8) || reader.ValueTextEquals("Service"u8) || reader.ValueTextEquals("detail-type"u8)
                || reader.ValueTextEquals("detail"u8))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Reads the objects that have been created; none of a test event.</summary>
    /// <exception cref="JsonException">It is not such an event.</exception>
    public static IReadOnlyList<LogObject> Read(ReadOnlySpan<byte> json)
    {
        var objects = new List<LogObject>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            Read(document.RootElement, objects, MostLayers);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw Unknown();
        }

        return objects;
    }

    private static void Read(JsonElement notification, List<LogObject> objects, int layers)
    {
        if (layers == 0)
        {
            throw Unknown();
        }

        if (notification.TryGetProperty("Records"u8, out JsonElement records))
        {
            foreach (JsonElement record in records.EnumerateArray())
            {
                ReadRecord(record, objects, layers);
            }
        }
        else if (notification.TryGetProperty("detail-type"u8, out JsonElement kind))
        {
            // Of other kinds, such as a deletion, nothing is to be done.
            if (kind.ValueEquals("Object Created"u8))
            {
                JsonElement detail = notification.GetProperty("detail"u8), thing = detail.GetProperty("object"u8);
                objects.Add(new LogObject(Text(detail.GetProperty("bucket"u8), "name"), Text(thing, "key"), TextOrNull(thing, "version-id")));
            }
        }
        else if (notification.TryGetProperty("Type"u8, out JsonElement type) && type.ValueEquals("Notification"u8))
        {
            ReadText(notification, "Message", objects, layers);
        }
        else if (!notification.TryGetProperty("Event"u8, out JsonElement test) || !test.ValueEquals("s3:TestEvent"u8))
        {
            throw Unknown();
        }
    }

    private static void ReadRecord(JsonElement record, List<LogObject> objects, int layers)
    {
        if (record.TryGetProperty("Sns"u8, out JsonElement sns))
        {
            ReadText(sns, "Message", objects, layers);
        }
        else if (record.TryGetProperty("body"u8, out _))
        {
            ReadText(record, "body", objects, layers);
        }
        else
        {
            JsonElement s3 = record.GetProperty("s3"u8), thing = s3.GetProperty("object"u8);

            // Keys are written as in forms: a space is a plus.
            var created = new LogObject(Text(s3.GetProperty("bucket"u8), "name"), WebUtility.UrlDecode(Text(thing, "key")), TextOrNull(thing, "versionId"));
            if (Text(record, "eventName").StartsWith("ObjectCreated:", StringComparison.Ordinal))
            {
                objects.Add(created);
            }
        }
    }

    private static void ReadText(JsonElement holder, string name, List<LogObject> objects, int layers)
    {
        using JsonDocument document = JsonDocument.Parse(Text(holder, name));
        Read(document.RootElement, objects, layers - 1);
    }

    private static string Text(JsonElement holder, string name) => holder.GetProperty(name).GetString() ?? throw Unknown();

    private static string? TextOrNull(JsonElement holder, string name) => holder.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static JsonException Unknown() => new(
        "expected an event of Amazon S3, from S3 itself, SNS, SQS or EventBridge: \"Records\", each with \"eventName\", \"s3.bucket.name\" and "
            + "\"s3.object.key\", or \"detail\" of an \"Object Created\"");
}
