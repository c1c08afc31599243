using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ProvableSec.Report.Running;

/// <summary>
/// Serves a page to browsers on this machine. Other users of the machine do not know the token in its address; pages of other sites cannot ask it, even when
/// their name
/// is made to lead here (DNS rebinding), because the Host header must be the address itself.
/// </summary>
internal sealed class LocalServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TcpListener listener;
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string host;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">The port; 0 for any free one.</param>
    /// <exception cref="SocketException">It is taken.</exception>
    public LocalServer(int port)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        host = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>Where the page is.</summary>
    public string Address => $"http://{host}/{token}/";

    /// <summary>Answers until the server is disposed of.</summary>
    /// <param name="answer">Answers a request for a path below the token: a type and content, or null when there is nothing.</param>
    public void Run(Func<LocalRequest, (string Type, string Content, string Policy)?> answer)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = listener.AcceptTcpClient();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            using (client)
            {
                try
                {
                    Answer(client, answer);
                }
                catch (IOException)
                {
                    // The browser has gone.
                }
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private void Answer(TcpClient client, Func<LocalRequest, (string Type, string Content, string Policy)?> answer)
    {
        client.ReceiveTimeout = client.SendTimeout = (int)Patience.TotalMilliseconds;
        using NetworkStream stream = client.GetStream();
        LocalRequest? request = LocalRequest.Read(stream);
        if (request is null)
        {
            Write(stream, "400 Bad Request", "text/plain", "not a request", "default-src 'none'");
            return;
        }

        if (request.Host != host || request.Method != "GET" || !IsAllowed(request.Path))
        {
            Write(stream, "403 Forbidden", "text/plain", "not allowed", "default-src 'none'");
            return;
        }

        if (answer(request with { Target = request.Target[(token.Length + 1)..] }) is { } found)
        {
            Write(stream, "200 OK", found.Type, found.Content, found.Policy);
        }
        else
        {
            Write(stream, "404 Not Found", "text/plain", "nothing here", "default-src 'none'");
        }
    }

    private bool IsAllowed(string path) =>
        path.Length > token.Length + 1 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[..(token.Length + 2)]),
            Encoding.UTF8.GetBytes($"/{token}/"));

    private static void Write(Stream stream, string status, string type, string content, string policy)
    {
        byte[] body = Encoding.UTF8.GetBytes(content);
        stream.Write(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Length: {body.Length}\r\nContent-Security-Policy: {policy}\r\n"
                + "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nCache-Control: "
                + "no-store\r\nConnection: close\r\n\r\n"));
        stream.Write(body);
    }
}
