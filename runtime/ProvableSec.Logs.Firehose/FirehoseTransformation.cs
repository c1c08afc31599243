using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// Answers Firehose events (Amazon Data Firehose Developer Guide, "Required parameters for data transformation"). Every record is answered; one that cannot be
/// read, or whose result would make the answer too large, is <c>ProcessingFailed</c>, which makes Firehose deliver it as it was to the error output.
/// </summary>
/// <param name="transformer">What is done with the data of each record.</param>
internal sealed class FirehoseTransformation(IRecordTransformer transformer)
{
    /// <summary>What Lambda takes as an answer (AWS Lambda Developer Guide, "Lambda quotas").</summary>
    public const int MostResponseBytes = 6 * 1024 * 1024;

    // Firehose's own bounds of BufferSizeInMBs for functions (Amazon Data Firehose API Reference, "ProcessorParameter").
    private const double LeastBuffer = 0.2, MostBuffer = 3;

    private static readonly int Frame = """{"recordId":"","result":"ProcessingFailed","data":""},""".Length;
    private static readonly int End = "]}".Length;

    private readonly EventLayouts layouts = new();
    private readonly ByteBuffer output = new(1 << 16);
    private readonly ByteBuffer metadata = new();
    private byte[] data = new byte[1 << 16];
    private long dataBytes;

    /// <summary>The records of the last event that were answered <c>ProcessingFailed</c>.</summary>
    public long Failed { get; private set; }

    /// <summary>The kind of the last exception that nothing should throw; null for none. Its message may hold a part of a record.</summary>
    public string? Unexpected { get; private set; }

    /// <summary>What to change when the answer to the last event did not hold all of its records; null when it did.</summary>
    public string? Advice { get; private set; }

    /// <summary>Answers an event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="response">Receives the answer.</param>
    /// <param name="most">The answer may have this many bytes.</param>
    /// <exception cref="JsonException">It is not an event of Firehose.</exception>
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
        long reserved = shortest ?? 0, needed = End, largest = 0;
        int tooLarge = 0;
        transformer.Begin();
        Failed = 0;
        Advice = Unexpected = null;
        dataBytes = 0;
        response.Truncate(0);
        response.Write("{\"records\":["u8);
        var records = new FirehoseEvent(json, layouts);
        for (bool first = true; records.TryRead(out FirehoseRecord record); first = false)
        {
            ReadOnlySpan<byte> id = json[record.Id];
            reserved -= shortest is null ? 0 : Frame + id.Length;
            bool failed = !TryTransform(json, record);
            WriteMetadata();
            long its = Frame + id.Length + metadata.Length + Base64.GetMaxEncodedToUtf8Length(output.Length);
            needed += its;
            largest = Math.Max(largest, its);
            if (response.Length + reserved + End + its > most)
            {
                if (shortest is null)
                {
                    return false;
                }

                // What has been counted of it has not been done.
                transformer.TakeBack();
                failed = true;
                tooLarge++;
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
        Advice = tooLarge == 0 ? null : AdviceFor(tooLarge, needed, largest, most);
        return true;
    }

    private string AdviceFor(int tooLarge, long needed, long largest, int most)
    {
        // As much smaller as the answer is too large, and a tenth for what differs from event to event.
        double buffer = Math.Floor(Math.Min(MostBuffer, 0.9 * dataBytes / (1 << 20) * most / needed) * 10) / 10;
        string what = string.Create(CultureInfo.InvariantCulture,
            $"{tooLarge} records were answered ProcessingFailed because the answer to {dataBytes} bytes would have had {needed} bytes, and Lambda takes "
                + $"{most}: ");
        return what + (largest > most || buffer < LeastBuffer
            ? "a single record may be too much, so that no buffer size helps; compressed batches must be made smaller where they come from"
            : string.Create(CultureInfo.InvariantCulture, $"set BufferSizeInMBs of the stream's processor to {buffer:0.0} or less"));
    }

    /// <summary>Writes the partition keys of what is in <see cref="output"/>. Firehose takes no empty ones.</summary>
    private void WriteMetadata()
    {
        metadata.Truncate(0);
        if (output.Length == 0)
        {
            return;
        }

        foreach ((string name, ReadOnlyMemory<byte> value) in transformer.PartitionKeysOf(output.WrittenMemory))
        {
            metadata.Write(metadata.Length == 0 ? ",\"metadata\":{\"partitionKeys\":{\""u8 : ",\""u8);
            metadata.Write(Encoding.UTF8.GetBytes(name));
            metadata.Write("\":\""u8);
            metadata.Write(value.Span);
            metadata.Write("\""u8);
        }

        metadata.Write(metadata.Length == 0 ? default : "}}"u8);
    }

    /// <summary>Some writers of JSON escape the slashes of base64.</summary>
    private static bool TryUnescape(ReadOnlySpan<byte> json, Range text, bool isEscaped, out ReadOnlySpan<byte> base64)
    {
        base64 = json[text];
        if (!isEscaped)
        {
            return true;
        }

        (int start, int length) = text.GetOffsetAndLength(json.Length);
        var reader = new Utf8JsonReader(json.Slice(start - 1, length + 2));
        reader.Read();
        byte[] plain = new byte[length];
        try
        {
            base64 = plain.AsSpan(0, reader.CopyString(plain));
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            return false;
        }
    }

    /// <summary>Transforms one record into <see cref="output"/>. Nothing that is wrong with it concerns another one.</summary>
    /// <returns>False when it cannot be read. Then the output is empty, as it is when all of the record is dropped.</returns>
    private bool TryTransform(ReadOnlySpan<byte> json, FirehoseRecord record)
    {
        transformer.BeginRecord();
        output.Truncate(0);
        bool done = false;
        try
        {
            done = TryDecode(json, record, out int length) && transformer.TryTransform(data, length, output);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A bug. What the transformer has learned may be half of something.
            transformer.Reset();
            Unexpected = e.GetType().Name;
        }

        if (!done)
        {
            transformer.TakeBack();
            output.Truncate(0);
        }
        else if (!output.Written.ContainsAnyExcept(" \t\r\n"u8))
        {
            output.Truncate(0);
        }
        else if (output.Written[^1] != '\n')
        {
            output.Write("\n"u8);
        }

        return done;
    }

    /// <summary>Decodes what a record carries, into <see cref="data"/>.</summary>
    private bool TryDecode(ReadOnlySpan<byte> json, FirehoseRecord record, out int length)
    {
        length = 0;
        if (record.Data is not { } text || !TryUnescape(json, text, record.IsEscaped, out ReadOnlySpan<byte> base64))
        {
            return false;
        }

        if (data.Length < base64.Length + IRecordTransformer.RoomBehindData)
        {
            data = new byte[base64.Length + IRecordTransformer.RoomBehindData];
        }

        if (Base64.DecodeFromUtf8(base64, data, out _, out length) != OperationStatus.Done)
        {
            return false;
        }

        dataBytes += length;
        return true;
    }
}
