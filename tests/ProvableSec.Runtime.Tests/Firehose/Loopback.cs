using System.Net;
using System.Net.Sockets;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Addresses for stand-ins.</summary>
internal static class Loopback
{
    /// <summary>An address that nobody listens at.</summary>
    public static string Free()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
    }
}
