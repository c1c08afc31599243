using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// The Lambda runtime API, spoken over a socket (AWS Lambda Developer Guide, "Using the Lambda runtime API"): it is HTTP/1.1 on the machine itself, and an
/// HTTP client for the open internet would be most of this program.
/// </summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string Version = "/2018-06-01/runtime/";

    private readonly string host;
    private readonly int port;
    private Socket? socket;
    private byte[] received = new byte[1 << 16];
    private int start;
    private int end;

    /// <summary>Prepares to connect.</summary>
    /// <param name="address">Host and port, as <c>AWS_LAMBDA_RUNTIME_API</c> has them.</param>
    public RuntimeApi(string address)
    {
        int colon = address.LastIndexOf(':');
        host = colon < 0 ? address : address[..colon];
        port = colon < 0 ? 80 : int.Parse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Waits for the next invocation.</summary>
    /// <param name="requestId">Receives its id.</param>
    /// <returns>The event; valid until the next call.</returns>
    public ReadOnlySpan<byte> Next(out string requestId)
    {
        Send("GET", "invocation/next", null, default);
        ReadOnlySpan<byte> body = Receive(out string? id);
        requestId = id ?? throw new IOException("the runtime API gave an invocation without an id");
        return body;
    }

    /// <summary>Answers an invocation.</summary>
    public void Respond(string requestId, ReadOnlySpan<byte> response)
    {
        Send("POST", $"invocation/{requestId}/response", "application/json", response);
        Receive(out _);
    }

    /// <summary>Says that an invocation cannot be answered, so that Firehose tries it again.</summary>
    public void Fail(string requestId, string type, string message)
    {
        Send("POST", $"invocation/{requestId}/error", "application/vnd.aws.lambda.error+json", Error(type, message));
        Receive(out _);
    }

    /// <summary>Says that the function cannot start.</summary>
    public void FailToStart(string type, string message)
    {
        Send("POST", "init/error", "application/vnd.aws.lambda.error+json", Error(type, message));
        Receive(out _);
    }

    public void Dispose() => socket?.Dispose();

    private static byte[] Error(string type, string message)
    {
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("errorType", type);
            json.WriteString("errorMessage", message);
            json.WriteStartArray("stackTrace");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void Send(string method, string path, string? type, ReadOnlySpan<byte> body)
    {
        if (socket is null)
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(host, port);
            (start, end) = (0, 0);
        }

        string head =
            $"{method} {Version}{path} HTTP/1.1\r\nHost: {host}\r\n{(type is null ? "" : $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n")}\r\n";
        SendAll(Encoding.ASCII.GetBytes(head));
        SendAll(body);
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[socket!.Send(bytes)..];
        }
    }

    /// <summary>Reads one answer.</summary>
    private ReadOnlySpan<byte> Receive(out string? requestId)
    {
        // What the last answer left behind is the beginning of this one.
        received.AsSpan(start, end - start).CopyTo(received);
        (start, end) = (0, end - start);
        int head;
        while ((head = received.AsSpan(0, end).IndexOf("\r\n\r\n"u8)) < 0)
        {
            More();
        }

        string[] lines = Encoding.ASCII.GetString(received, 0, head).Split("\r\n");
        string? Header(string name) => Array.Find(lines, line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line
            ? line[(name.Length + 1)..].Trim() : null;
        requestId = Header("Lambda-Runtime-Aws-Request-Id");
        bool close = string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);
        start = head + 4;
        int length;
        if (string.Equals(Header("Transfer-Encoding"), "chunked", StringComparison.OrdinalIgnoreCase))
        {
            length = Unchunk();
        }
        else
        {
            length = int.Parse(Header("Content-Length") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture);
            while (end - start < length)
            {
                More();
            }
        }

        if (!lines[0].Contains(" 20", StringComparison.Ordinal))
        {
            throw new IOException("the runtime API answered " + lines[0]);
        }

        ReadOnlySpan<byte> body = received.AsSpan(start, length);
        start += length;
        if (close)
        {
            socket!.Dispose();
            socket = null;
        }

        return body;
    }

    /// <summary>Takes the lengths between the pieces of a body away.</summary>
    /// <returns>The length of the body, which begins at <see cref="start"/>.</returns>
    private int Unchunk()
    {
        int body = start, at = start;
        while (true)
        {
            int lineEnd;
            while ((lineEnd = received.AsSpan(at, end - at).IndexOf("\r\n"u8)) < 0)
            {
                More();
            }

            ReadOnlySpan<byte> size = received.AsSpan(at, lineEnd);
            int extension = size.IndexOf((byte)';');
            int length = int.Parse(extension < 0 ? size : size[..extension], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += lineEnd + 2;
            while (end - at < length + 2)
            {
                More();
            }

            received.AsSpan(at, length).CopyTo(received.AsSpan(body));
            body += length;
            at += length + 2;
            if (length == 0)
            {
                // What follows is moved up behind the body.
                received.AsSpan(at, end - at).CopyTo(received.AsSpan(body));
                end -= at - body;
                return body - start;
            }
        }
    }

    private void More()
    {
        if (end == received.Length)
        {
            Array.Resize(ref received, received.Length * 2);
        }

        int read = socket!.Receive(received.AsSpan(end));
        end += read > 0 ? read : throw new IOException("the runtime API closed the connection");
    }
}
