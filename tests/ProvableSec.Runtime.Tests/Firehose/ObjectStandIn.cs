using System.Collections.Concurrent;
using System.Net;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Buckets on this machine: keeps what is put, gives what it has, and refuses what is not signed.</summary>
internal sealed class ObjectStandIn : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public ObjectStandIn(string address)
    {
        Address = $"http://{address}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public string Address { get; }

    /// <summary>Content by path, <c>/BUCKET/KEY</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public void Dispose()
    {
        listener.Close();
        serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                await AnswerAsync(context.Request, context.Response);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        string path = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        if (request.Headers["Authorization"]?.StartsWith("AWS4-HMAC-SHA256 Credential=", StringComparison.Ordinal) != true)
        {
            response.StatusCode = 403;
        }
        else if (request.HttpMethod == "PUT")
        {
            using var content = new MemoryStream();
            await request.InputStream.CopyToAsync(content);
            Objects[path] = content.ToArray();
        }
        else if (Objects.TryGetValue(path, out byte[]? found))
        {
            response.ContentLength64 = found.Length;
            await response.OutputStream.WriteAsync(found);
        }
        else
        {
            response.StatusCode = 404;
            await response.OutputStream.WriteAsync("<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>"u8.ToArray());
        }
    }
}
