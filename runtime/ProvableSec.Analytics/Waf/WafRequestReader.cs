using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs.Records;

namespace ProvableSec.Analytics.Waf;

/// <summary>Reads the request of a log record.</summary>
internal sealed class WafRequestReader(ValueText text)
{
    private const int HeadersMember = 2;

    private static readonly NameTable Members = new("clientIp", "country", "headers", "uri", "args", "httpVersion", "httpMethod", "requestId", "fragment",
        "scheme", "host");

    private static readonly int[] Columns =
    [
        .. new[] { "client_ip", "country", "headers", "uri", "args", "http_version", "method", "request_id", "fragment", "scheme",
            "host" }.Select(WafTable.Table.IndexOf),
    ];

    private static readonly NameTable HeaderNames = new([.. WafTable.HeaderColumns.Select(column => column.Header)]);
    private static readonly int[] HeaderColumns = [.. WafTable.HeaderColumns.Select(column => WafTable.Table.IndexOf(column.Column))];
    private static readonly int Network = WafTable.Table.IndexOf("client_network");

    private byte[] folded = new byte[256];

    /// <summary>Reads it; the reader is at it, and at its end afterwards.</summary>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Members.Find(reader.ValueSpan);
            reader.Read();
            if (member == HeadersMember)
            {
                ReadHeaders(ref reader, line, rows, Columns[HeadersMember], asColumns: true);
            }
            else if (member >= 0 && reader.TokenType != JsonTokenType.Null)
            {
                ReadOnlySpan<byte> value = text.Of(ref reader, line);
                rows.Text(Columns[member], value);
                if (member == 0 && rows.Wants(Network))
                {
                    WriteNetwork(value, rows);
                }
            }

            reader.Skip();
        }
    }

    /// <summary>Reads headers in the order in which they came, also those of one name; the first of a name is in the column of that name.</summary>
    /// <param name="reader">At them.</param>
    /// <param name="line">What it reads.</param>
    /// <param name="rows">Receives them.</param>
    /// <param name="column">The list of all.</param>
    /// <param name="asColumns">Whether some have columns of their own.</param>
    public void ReadHeaders(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows, int column, bool asColumns)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        bool inList = rows.Wants(column);
        uint seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int element = inList ? rows.AddObject(column) : -1, known = -1;
            ReadOnlySpan<byte> early = default;
            bool isNamed = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isName = reader.ValueTextEquals("name"u8);
                reader.Read();
                if (isName)
                {
                    ReadOnlySpan<byte> name = Folded(text.Of(ref reader, line));
                    rows.Field(column, element, 0, name);
                    known = asColumns ? HeaderNames.Find(name) : -1;
                    isNamed = true;
                    if (early.Length > 0)
                    {
                        WriteKnown(rows, known, early, ref seen);
                    }
                }
                else if (inList || !isNamed || (known >= 0 && rows.Wants(HeaderColumns[known])))
                {
                    // Examples of AWS call the value by other names, too; whatever stands beside the name is it.
                    ReadOnlySpan<byte> value = text.Of(ref reader, line);
                    rows.Field(column, element, 1, value);
                    if (isNamed)
                    {
                        WriteKnown(rows, known, value, ref seen);
                    }
                    else
                    {
                        early = value.ToArray();
                    }
                }

                reader.Skip();
            }
        }
    }

    private static void WriteKnown(RowWriter rows, int known, ReadOnlySpan<byte> value, ref uint seen)
    {
        if (known >= 0 && (seen & (1u << known)) == 0)
        {
            seen |= 1u << known;
            rows.Text(HeaderColumns[known], value);
        }
    }

    private ReadOnlySpan<byte> Folded(ReadOnlySpan<byte> name)
    {
        if (folded.Length < name.Length)
        {
            folded = new byte[name.Length * 2];
        }

        // What is not ASCII stays: no header has such a name.
        name.CopyTo(folded);
        Span<byte> copy = folded.AsSpan(0, name.Length);
        foreach (ref byte letter in copy)
        {
            letter |= letter is >= (byte)'A' and <= (byte)'Z' ? (byte)0x20 : (byte)0;
        }

        return copy;
    }

    /// <summary>The /24 of an IPv4 address, the /48 of an IPv6 address: what one provider hands to one customer.</summary>
    private static void WriteNetwork(ReadOnlySpan<byte> address, RowWriter rows)
    {
        const int SiteBytes = 6;
        int last = address.LastIndexOf((byte)'.');
        if (last > 0 && !address.Contains((byte)':'))
        {
            Span<byte> network = stackalloc byte[32];
            if (last + 6 <= network.Length)
            {
                address[..last].CopyTo(network);
                ".0/24"u8.CopyTo(network[last..]);
                rows.Text(Network, network[..(last + 5)]);
            }
        }
        else if (IPAddress.TryParse(Encoding.UTF8.GetString(address), out IPAddress? parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6)
        {
            byte[] bytes = parsed.GetAddressBytes();
            bytes.AsSpan(SiteBytes).Clear();
            rows.Text(Network, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/48")));
        }
    }
}
