using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs.Records;

namespace ProvableSec.Analytics.GuardDuty;

/// <summary>Reads which resource a finding is about, in the one way of its type in which people name it.</summary>
internal sealed class FindingResourceReader(ValueText text)
{
    private static readonly NameTable Members = new(
        "resourceType", "instanceDetails", "accessKeyDetails", "s3BucketDetails", "eksClusterDetails", "ecsClusterDetails", "rdsDbInstanceDetails",
        "lambdaDetails", "containerDetails");

    /// <summary>What people call each of them; the key of an access key is not shown, but its user.</summary>
    private static readonly string[] Names = ["", "instanceId", "userName", "name", "name", "name", "dbInstanceIdentifier", "functionName", "name"];

    private static readonly int ResourceType = FindingReader.Column("resource_type"), Resource = FindingReader.Column("resource"),
        InstanceId = FindingReader.Column("instance_id"), InstanceType = FindingReader.Column("instance_type");

    /// <summary>Reads it; the reader is at it, and at its end afterwards.</summary>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        int best = int.MaxValue;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Members.Find(reader.ValueSpan);
            reader.Read();
            if (member == 0 && reader.TokenType == JsonTokenType.String)
            {
                rows.Text(ResourceType, text.Of(ref reader, finding));
            }
            else if (member > 0)
            {
                ReadNames(ref reader, finding, rows, member, ref best);
            }

            reader.Skip();
        }
    }

    private void ReadNames(ref Utf8JsonReader reader, ReadOnlySpan<byte> finding, RowWriter rows, int member, ref int best)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            // Of several buckets the first.
            reader.Read();
            ReadNames(ref reader, finding, rows, member, ref best);
            while (reader.TokenType == JsonTokenType.EndObject && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
            }

            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isName = Is(ref reader, Names[member]), isType = member == 1 && Is(ref reader, "instanceType");
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
            {
                ReadOnlySpan<byte> name = text.Of(ref reader, finding);
                if (member < best)
                {
                    best = member;
                    rows.Text(Resource, name);
                }

                if (member == 1)
                {
                    rows.Text(InstanceId, name);
                }
            }
            else if (isType && reader.TokenType == JsonTokenType.String)
            {
                rows.Text(InstanceType, text.Of(ref reader, finding));
            }

            reader.Skip();
        }
    }

    private static bool Is(ref Utf8JsonReader reader, string name) => reader.ValueSpan.Length == name.Length
        && System.Text.Ascii.EqualsIgnoreCase(reader.ValueSpan, name);
}
