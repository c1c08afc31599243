using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Notifications of S3, by whatever way they come.</summary>
public sealed class ObjectEventTests
{
    private static readonly string Direct = JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new { eventSource = "aws:s3", eventName = "ObjectCreated:Put",
                s3 = new { bucket = new { name = "raw" }, @object = new { key = "a+b%2Fc.gz", versionId = "v1" } } },
            new { eventSource = "aws:s3", eventName = "ObjectRemoved:Delete",
                s3 = new { bucket = new { name = "raw" }, @object = new { key = "gone", versionId = "v2" } } },
        },
    });

    private static readonly string EventBridge = JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["version"] = "0",
        ["id"] = "1",
        ["detail-type"] = "Object Created",
        ["source"] = "aws.s3",
        ["detail"] = new Dictionary<string, object>
        {
            ["bucket"] = new { name = "raw" },
            ["object"] = new Dictionary<string, object> { ["key"] = "a+b%2Fc.gz", ["version-id"] = "v1" }
        },
    });

    private static readonly string SnsMessage =
        JsonSerializer.Serialize(new { Type = "Notification", TopicArn = "arn:aws:sns:us-east-1:111122223333:t", Message = Direct });

    public static TheoryData<string, string> Ways() => new()
    {
        { Direct, "a b/c.gz" },
        { EventBridge, "a+b%2Fc.gz" },
        { Sns(Direct), "a b/c.gz" },
        { Sqs(Direct), "a b/c.gz" },
        { Sqs(SnsMessage), "a b/c.gz" },
        { Sqs(EventBridge), "a+b%2Fc.gz" },
        { Sns(EventBridge), "a+b%2Fc.gz" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Objects_are_found(string json, string key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(ObjectEvent.IsOne(bytes));
        Assert.Equal([new LogObject("raw", key, "v1")], ObjectEvent.Read(bytes));
    }

    [Fact]
    public void Several_messages_have_several_objects() => Assert.Equal(3,
        ObjectEvent.Read(Encoding.UTF8.GetBytes(Sqs(Direct, SnsMessage, EventBridge))).Count);

    [Theory]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"raw"}""")]
    [InlineData("""{"detail-type":"Object Deleted","detail":{}}""")]
    [InlineData("""{"Records":[]}""")]
    public void Nothing_is_to_be_done(string json)
    {
        Assert.Empty(ObjectEvent.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Empty(ObjectEvent.Read(Encoding.UTF8.GetBytes(Sqs(json))));
    }

    [Theory]
    [InlineData("""{"Records":5}""")]
    [InlineData("""{"Records":[5]}""")]
    [InlineData("""{"Records":[{}]}""")]
    [InlineData("""{"Records":[{"body":5}]}""")]
    [InlineData("""{"Records":[{"body":"text"}]}""")]
    [InlineData("""{"Records":[{"body":"{}"}]}""")]
    [InlineData("""{"Records":[{"eventName":5,"s3":{"bucket":{"name":"a"},"object":{"key":"b"}}}]}""")]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":null},"object":{"key":"b"}}}]}""")]
    [InlineData("""{"detail-type":"Object Created","detail":{"bucket":"raw"}}""")]
    [InlineData("""{"Service":"Amazon S3"}""")]
    public void What_is_no_notification_is_an_error_and_not_done(string json) =>
        Assert.ThrowsAny<JsonException>(() => ObjectEvent.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"invocationId":"i","deliveryStreamArn":"a","region":"r","records":[]}""")]
    public void Events_of_Firehose_are_others(string json) => Assert.False(ObjectEvent.IsOne(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Messages_in_messages_have_an_end()
    {
        string nested = Enumerable.Range(0, 8).Aggregate(Direct, (inner, _) => Sqs(inner));
        Assert.ThrowsAny<JsonException>(() => ObjectEvent.Read(Encoding.UTF8.GetBytes(nested)));
    }

    private static string Sns(string message) =>
        JsonSerializer.Serialize(new { Records = new[] { new { EventSource = "aws:sns", Sns = new { Type = "Notification", Message = message } } } });

    private static string Sqs(params string[] bodies) =>
        JsonSerializer.Serialize(new { Records = bodies.Select(body => new { messageId = "m", eventSource = "aws:sqs", body }) });
}
