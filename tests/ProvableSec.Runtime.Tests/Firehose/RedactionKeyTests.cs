using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>The key for redaction, by the real client, from a stand-in of Systems Manager.</summary>
public sealed class RedactionKeyTests : IDisposable
{
    private readonly HttpListener manager = new();
    private readonly AmazonSimpleSystemsManagementClient client;

    public RedactionKeyTests()
    {
        string address = $"http://{Loopback.Free()}/";
        manager.Prefixes.Add(address);
        manager.Start();
        client = new AmazonSimpleSystemsManagementClient(new BasicAWSCredentials("made-up", Convert.ToHexString(RandomNumberGenerator.GetBytes(20))),
            new AmazonSimpleSystemsManagementConfig { ServiceURL = address, MaxErrorRetry = 0 });
    }

    [Theory]
    [InlineData("/waf/key")]
    [InlineData("/aws/reference/secretsmanager/waf-key")]
    public async Task A_key_is_read_decrypted(string name)
    {
        string key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        Task<string> asked = Answer(200, new { Parameter = new { Name = name, Type = "SecureString", Value = key } });
        byte[] read = await Task.Run(() => RedactionKey.Read(client, name), TestContext.Current.CancellationToken);
        Assert.Equal(key, Encoding.UTF8.GetString(read));
        JsonElement request = JsonDocument.Parse(await asked).RootElement;
        Assert.Equal((name, true), (request.GetProperty("Name").GetString(), request.GetProperty("WithDecryption").GetBoolean()));
    }

    [Theory]
    [InlineData("String", 32, "is not a SecureString")]
    [InlineData("SecureString", 15, "has 15 bytes; it needs at least 16")]
    [InlineData("SecureString", 1, "has 1 bytes; it needs at least 16")]
    public async Task What_is_no_key_is_refused_without_being_told(string type, int length, string why)
    {
        string key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16))[..length];
        Task<string> asked = Answer(200, new { Parameter = new { Name = "/waf/key", Type = type, Value = key } });
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => Task.Run(() => RedactionKey.Read(client, "/waf/key")));
        await asked;
        Assert.Contains("/waf/key", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(length > 1 ? key : "\n", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_be_read_is_told()
    {
        Task<string> asked = Answer(400, new { __type = "AccessDeniedException", message = "not authorized to perform: ssm:GetParameter" });
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => Task.Run(() => RedactionKey.Read(client, "/waf/key")));
        await asked;
        Assert.Contains("/waf/key with the key for redaction by HMAC cannot be read: not authorized", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void A_filter_takes_no_shorter_key(int length) =>
        Assert.Contains("at least 16", Assert.Throws<ArgumentException>(() =>
            new LogFilter(Lines.Read("""{"version":1,"redact":[{"field":"cookie","names":"*","by":"hmac"}]}"""), new byte[length])).Message,
            StringComparison.Ordinal);

    public void Dispose()
    {
        client.Dispose();
        manager.Close();
    }

    private async Task<string> Answer(int status, object answer)
    {
        HttpListenerContext context = await manager.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream);
        string request = await reader.ReadToEndAsync();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer));
        context.Response.Close();
        return request;
    }
}
