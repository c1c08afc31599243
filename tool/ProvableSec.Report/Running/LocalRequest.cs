using System.Text;

namespace ProvableSec.Report.Running;

/// <summary>What a browser asks (RFC 9112), as far as a page on this machine needs it.</summary>
/// <param name="Method">GET, mostly.</param>
/// <param name="Target">The path with its query.</param>
/// <param name="Host">The Host header; empty when there is none.</param>
internal sealed record LocalRequest(string Method, string Target, string Host)
{
    private const int MostBytes = 16 << 10;

    /// <summary>Reads one; null when it is none, or too long.</summary>
    public static LocalRequest? Read(Stream stream)
    {
        byte[] head = new byte[MostBytes];
        int length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = length == head.Length ? 0 : stream.Read(head, length, head.Length - length);
            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        string[] lines = Encoding.Latin1.GetString(head, 0, length).Split("\r\n");
        string[] words = lines[0].Split(' ');
        string[] hosts = [.. lines.Skip(1).Where(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line["Host:".Length..].Trim())];
        return words.Length == 3 && hosts.Length <= 1 ? new LocalRequest(words[0], words[1], hosts.FirstOrDefault() ?? "") : null;
    }

    /// <summary>A parameter of the query; null when it is not given.</summary>
    public string? Parameter(string name)
    {
        int query = Target.IndexOf('?', StringComparison.Ordinal);
        foreach (string pair in query < 0 ? [] : Target[(query + 1)..].Split('&'))
        {
            if (pair.StartsWith(name + "=", StringComparison.Ordinal) && pair.Length > name.Length + 1)
            {
                return Uri.UnescapeDataString(pair[(name.Length + 1)..].Replace('+', ' '));
            }
        }

        return null;
    }

    /// <summary>The path without its query.</summary>
    public string Path => Target.Split('?')[0];
}
