using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs.Records;

namespace ProvableSec.Analytics.GuardDuty;

/// <summary>Reads what a finding says of the activity that led to it.</summary>
internal sealed class FindingServiceReader(ValueText text)
{
    private static readonly NameTable Members = new("action", "archived", "count", "eventFirstSeen", "eventLastSeen", "resourceRole");

    /// <summary>Members of actions, at any depth: which kind of action has them does not matter.</summary>
    private static readonly NameTable ActionMembers = new("actionType", "api", "remoteIpDetails", "domain", "portProbeDetails", "remoteAccountDetails");

    private static readonly NameTable AddressMembers = new("ipAddressV4", "ipAddressV6", "country", "city", "organization", "geoLocation");

    private static readonly NameTable ProbeMembers = new("localPortDetails", "remoteIpDetails", "localIpDetails");

    private static readonly int Archived = FindingReader.Column("archived"), Count = FindingReader.Column("count"),
        FirstSeen = FindingReader.Column("first_seen"),
        LastSeen = FindingReader.Column("last_seen"), ResourceRole = FindingReader.Column("resource_role"), ActionType = FindingReader.Column("action_type"),
        Api = FindingReader.Column("api"), Domain = FindingReader.Column("domain"), RemoteIp = FindingReader.Column("remote_ip"),
        RemoteCountry = FindingReader.Column("remote_country"), RemoteCity = FindingReader.Column("remote_city"),
        RemoteOrganization = FindingReader.Column("remote_organization"), Probes = FindingReader.Column("port_probes");

    /// <summary>Members of a port, an address and its place, in the order of the fields of <c>port_probes</c>.</summary>
    private static readonly NameTable ProbeFields = new("port", "portName", "ipAddressV4", "countryName", "cityName", "lon", "lat");

    /// <summary>Reads it; the reader is at it, and at its end afterwards.</summary>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Members.Find(reader.ValueSpan);
            reader.Read();
            switch (member)
            {
                case 0:
                    ReadAction(ref reader, finding, rows);
                    break;
                case 1 when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    rows.Flag(Archived, reader.TokenType == JsonTokenType.True);
                    break;
                case 2 when ValueText.TryInteger(ref reader, out long count):
                    rows.Integer(Count, count);
                    break;
                case 3 when JsonTime.TryRead(ref reader, out long first):
                    rows.Time(FirstSeen, first);
                    break;
                case 4 when JsonTime.TryRead(ref reader, out long last):
                    rows.Time(LastSeen, last);
                    break;
                case 5 when reader.TokenType == JsonTokenType.String:
                    rows.Text(ResourceRole, text.Of(ref reader, finding));
                    break;
            }

            reader.Skip();
        }
    }

    private void ReadAction(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = ActionMembers.Find(reader.ValueSpan);
            reader.Read();
            if (member is 0 or 1 or 3 && reader.TokenType == JsonTokenType.String)
            {
                rows.Text(member == 0 ? ActionType : member == 1 ? Api : Domain, text.Of(ref reader, finding));
            }
            else if (member == 2)
            {
                ReadRemote(ref reader, finding, rows);
            }
            else if (member == 4 && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadProbes(ref reader, finding, rows);
            }
            else if (member < 0 && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadAction(ref reader, finding, rows);
            }

            reader.Skip();
        }
    }

    private void ReadRemote(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = AddressMembers.Find(reader.ValueSpan);
            reader.Read();
            if (member is 0 or 1 && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0)
            {
                rows.Text(RemoteIp, text.Of(ref reader, finding));
            }
            else if (member is >= 2 and <= 4 && NameIn(ref reader, finding, member == 4 ? "org" : member == 2 ? "countryName"
                : "cityName") is { Length: > 0 } name)
            {
                rows.Text(member == 2 ? RemoteCountry : member == 3 ? RemoteCity : RemoteOrganization, name);
            }

            reader.Skip();
        }
    }

    private void ReadProbes(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int probe = rows.AddObject(Probes);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int member = ProbeMembers.Find(reader.ValueSpan);
                reader.Read();
                if (member is 0 or 1 && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadProbe(ref reader, finding, rows, probe);
                }

                reader.Skip();
            }
        }
    }

    /// <summary>Reads a port or an address of a probe.</summary>
    private void ReadProbe(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows, int probe)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = ProbeFields.Find(reader.ValueSpan);
            reader.Read();
            if (member >= 0 && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                rows.Field(Probes, probe, member, text.Of(ref reader, finding));
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadProbe(ref reader, finding, rows, probe);
            }

            reader.Skip();
        }
    }

    /// <summary>A member of an object; nothing when it has none.</summary>
    private ReadOnlySpan<byte> NameIn(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, string name)
    {
        ReadOnlySpan<byte> found = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isName = reader.ValueSpan.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(reader.ValueSpan, name);
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
            {
                found = text.Of(ref reader, finding);
            }

            reader.Skip();
        }

        return found;
    }
}
