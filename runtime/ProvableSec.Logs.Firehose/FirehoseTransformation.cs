using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// Answers Firehose events (Amazon Data Firehose Developer Guide, "Required parameters for data transformation"). Every record is answered; one that cannot be
/// read, or whose result would make the answer too large, is <c>ProcessingFailed</c>, which makes Firehose deliver it as it was to the error output.
/// </summary>
/// <param name="filter">The filter.</param>
/// <param name="partitionKeys">The fields, if any, whose values in a record's first line become its partition keys ("Dynamic partitioning").</param>
internal sealed class FirehoseTransformation(LogFilter filter, params ImmutableArray<LogField> partitionKeys)
{
    /// <summary>What Lambda takes as an answer (AWS Lambda Developer Guide, "Lambda quotas").</summary>
    public const int MostResponseBytes = 6 * 1024 * 1024;

    private static readonly int Frame = """{"recordId":"","result":"ProcessingFailed","data":""},""".Length;
    private static readonly int End = "]}".Length;

    private readonly EventLayouts layouts = new();
    private readonly ByteBuffer output = new(1 << 16);
    private readonly ByteBuffer unprocessed = new();
    private readonly ByteBuffer lines = new();
    private readonly ByteBuffer metadata = new();
    private byte[] data = new byte[1 << 16];
    private readonly LogFilterSession session = filter.CreateSession();

    /// <summary>What was done with the last event.</summary>
    public FilterCounts Counts => session.Counts;

    /// <summary>Its records that were answered <c>ProcessingFailed</c>.</summary>
    public long Failed { get; private set; }

    /// <summary>Answers an event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="response">Receives the answer.</param>
    /// <param name="most">The answer may have this many bytes.</param>
    /// <exception cref="JsonException">It is no event of Firehose.</exception>
    public void Transform(ReadOnlySpan<byte> json, ByteBuffer response, int most = MostResponseBytes)
    {
        // Nearly every answer is short enough. One that is not begins anew, with room set aside for the shortest answer to each record still to come.
        if (!TryTransform(json, response, most, shortest: null))
        {
            TryTransform(json, response, most, ShortestAnswer(json));
        }
    }

    private long ShortestAnswer(ReadOnlySpan<byte> json)
    {
        long length = 0;
        var records = new FirehoseEvent(json, layouts);
        while (records.TryRead(out FirehoseRecord record))
        {
            length += Frame + json[record.Id].Length;
        }

        return length;
    }

    /// <summary>Answers an event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="response">Receives the answer.</param>
    /// <param name="most">The answer may have this many bytes.</param>
    /// <param name="shortest">How many the shortest answer has; null when it is not known.</param>
    /// <returns>False when the answer becomes too long and it was not known what to set aside.</returns>
    private bool TryTransform(ReadOnlySpan<byte> json, ByteBuffer response, int most, long? shortest)
    {
        long reserved = shortest ?? 0;
        session.ResetCounts();
        Failed = 0;
        response.Truncate(0);
        response.Write("{\"records\":["u8);
        var records = new FirehoseEvent(json, layouts);
        for (bool first = true; records.TryRead(out FirehoseRecord record); first = false)
        {
            ReadOnlySpan<byte> id = json[record.Id];
            reserved -= shortest is null ? 0 : Frame + id.Length;
            bool failed = !TryFilter(json, record);
            WriteMetadata();
            long whole = response.Length + reserved + End + Frame + id.Length + metadata.Length + Base64.GetMaxEncodedToUtf8Length(output.Length);
            if (whole > most)
            {
                if (shortest is null)
                {
                    return false;
                }

                failed = true;
                output.Truncate(0);
            }

            response.Write(first ? "{\"recordId\":\""u8 : ",{\"recordId\":\""u8);
            response.Write(id);
            Failed += failed ? 1 : 0;
            if (output.Length == 0)
            {
                response.Write(failed ? "\",\"result\":\"ProcessingFailed\"}"u8 : "\",\"result\":\"Dropped\"}"u8);
                continue;
            }

            response.Write("\",\"result\":\"Ok\",\"data\":\""u8);
            Span<byte> encoded = response.GetSpan(Base64.GetMaxEncodedToUtf8Length(output.Length));
            Base64.EncodeToUtf8(output.Written, encoded, out _, out int written);
            response.Advance(written);
            response.Write("\""u8);
            response.Write(metadata.Written);
            response.Write("}"u8);
        }

        response.Write("]}"u8);
        return true;
    }

    /// <summary>Writes the partition keys of what is in <see cref="output"/>. Firehose takes no empty ones.</summary>
    private void WriteMetadata()
    {
        metadata.Truncate(0);
        if (partitionKeys.IsDefaultOrEmpty || output.Length == 0)
        {
            return;
        }

        ReadOnlySpan<byte> first = output.Written[..output.Written.IndexOf((byte)'\n')];
        for (int i = 0; i < partitionKeys.Length; i++)
        {
            ReadOnlySpan<byte> value = session.RawValueOf(first, partitionKeys[i]);
            metadata.Write(i == 0 ? ",\"metadata\":{\"partitionKeys\":{\""u8 : ",\""u8);
            metadata.Write(Encoding.UTF8.GetBytes(LogFieldNames.Of(partitionKeys[i])));
            metadata.Write("\":\""u8);
            metadata.Write(value.IsEmpty ? "none"u8 : value);
            metadata.Write("\""u8);
        }

        metadata.Write("}}"u8);
    }

    /// <summary>Some writers of JSON escape the slashes of base64.</summary>
    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> json, Range text)
    {
        (int start, int length) = text.GetOffsetAndLength(json.Length);
        var reader = new Utf8JsonReader(json.Slice(start - 1, length + 2));
        reader.Read();
        byte[] plain = new byte[length];
        return plain.AsSpan(0, reader.CopyString(plain));
    }

    /// <summary>Filters one record into <see cref="output"/>.</summary>
    /// <returns>False when it cannot be read. Then the output is empty, as it is when all of the record is dropped.</returns>
    private bool TryFilter(ReadOnlySpan<byte> json, FirehoseRecord record)
    {
        output.Truncate(0);
        unprocessed.Truncate(0);
        if (record.Data is not { } text)
        {
            return false;
        }

        ReadOnlySpan<byte> base64 = record.IsEscaped ? Unescaped(json, text) : json[text];
        if (data.Length < base64.Length + LogFilterSession.RoomBehindLines)
        {
            data = new byte[base64.Length + LogFilterSession.RoomBehindLines];
        }

        if (Base64.DecodeFromUtf8(base64, data, out _, out int length) != OperationStatus.Done)
        {
            return false;
        }

        ReadOnlySpan<byte> records = data.AsSpan(0, length);
        if (!SubscriptionMessage.IsCompressed(records))
        {
            session.FilterLines(data, length, output, unprocessed);
        }
        else if (SubscriptionMessage.TryRead(records.ToArray(), lines))
        {
            records = lines.Written;
            session.FilterLines(records, isFinal: true, output, unprocessed);
        }
        else
        {
            return false;
        }

        if (unprocessed.Length > 0)
        {
            // Perhaps one record over several lines. If not, all of it stays together, as it was.
            output.Truncate(0);
            if (session.Filter(records, output) == FilterVerdict.Unprocessed)
            {
                output.Truncate(0);
                return false;
            }
        }

        if (!output.Written.ContainsAnyExcept(" \t\r\n"u8))
        {
            output.Truncate(0);
        }
        else if (output.Written[^1] != '\n')
        {
            output.Write("\n"u8);
        }

        return true;
    }
}
