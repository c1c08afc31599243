using System.Collections.Immutable;
using System.Text.Json;

namespace ProvableSec.Logs.Filtering;

/// <summary>
/// Takes records out of what is put around them on the way: joined in one line, in an array, as messages of CloudWatch Logs (Amazon CloudWatch Logs User
/// Guide, "Real-time processing of log data with subscriptions"; the answers of GetLogEvents and FilterLogEvents), below a member that the rules name.
/// </summary>
/// <param name="wrappers">The members below which records stand.</param>
internal sealed class RecordUnpacking(ImmutableArray<string> wrappers)
{
    /// <summary>As JSON is read elsewhere here.</summary>
    private const int MaxDepth = Records.StructuralReader.MaxDepth;

    /// <summary>Something may be put around what something was put around.</summary>
    private const int MostLayers = 4;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Writes what stands in a line, as lines. Whether those are records is not looked at.</summary>
    /// <param name="line">A line that is not one record.</param>
    /// <param name="records">Receives the lines; none for a message that carries no log events.</param>
    /// <returns>False when the line is nothing of the kind. What has been written then means nothing.</returns>
    public bool TryUnpack(ReadOnlySpan<byte> line, ByteBuffer records)
    {
        if (!MayHold(line))
        {
            return false;
        }

        try
        {
            return TryUnpack(line, records, MostLayers);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string that is not text.
            return false;
        }
    }

    /// <summary>Whether a line could be one of those: most that are broken are cut off somewhere, and to find that out by an exception takes long.</summary>
    private static bool MayHold(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd(" \t\r"u8);
        return text.EndsWith("}"u8) || text.EndsWith("]"u8);
    }

    private bool TryUnpack(ReadOnlySpan<byte> text, ByteBuffer records, int layers)
    {
        if (layers == 0)
        {
            return false;
        }

        bool found = false;
        while (true)
        {
            // Where files were joined that begin with byte order marks.
            text = text.TrimStart(" \t\r\n"u8);
            text = text.StartsWith("\uFEFF"u8) ? text[3..].TrimStart(" \t\r\n"u8) : text;
            if (text.IsEmpty)
            {
                return found;
            }

            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            if (!TryUnpackValue(text, ref reader, records, layers))
            {
                return false;
            }

            text = text[(int)reader.BytesConsumed..];
            found = true;
        }
    }

    private bool TryUnpackValue(ReadOnlySpan<byte> text, ref Utf8JsonReader reader, ByteBuffer records, int layers)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            bool any = false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject || !TryUnpackValue(text, ref reader, records, layers))
                {
                    return false;
                }

                any = true;
            }

            return any;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        ReadOnlySpan<byte> value = text[start..(int)reader.BytesConsumed];
        switch (LayerOf(value, out Range below))
        {
            case Layer.Nothing:
                return true;
            case Layer.Messages:
                return TryUnpackMessages(value[below], records, layers - 1);
            case Layer.Value:
                return TryUnpackText(value[below], records, layers - 1);
            default:
                WriteLine(value, records);
                return true;
        }
    }

    /// <summary>What an object is, by its own members.</summary>
    private Layer LayerOf(ReadOnlySpan<byte> value, out Range below)
    {
        Range? messages = null, wrapped = null;
        bool isControl = false, isMessage = false;
        below = default;
        var reader = new Utf8JsonReader(value, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("messageType"u8), isLogEvents = reader.ValueTextEquals("logEvents"u8),
                isEvents = reader.ValueTextEquals("events"u8), isWrapper = IsWrapper(ref reader);
            if (reader.ValueTextEquals("webaclId"u8) || reader.ValueTextEquals("terminatingRuleId"u8) || reader.ValueTextEquals("httpRequest"u8))
            {
                return Layer.Record;
            }

            reader.Read();
            int start = (int)reader.TokenStartIndex;
            isMessage |= isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("DATA_MESSAGE"u8);
            isControl |= isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("CONTROL_MESSAGE"u8);
            bool isArray = reader.TokenType == JsonTokenType.StartArray, isText = reader.TokenType is JsonTokenType.String or JsonTokenType.StartObject;
            reader.Skip();
            Range range = start..(int)reader.BytesConsumed;
            messages = isArray && (isLogEvents || (isEvents && messages is null)) ? range : messages;
            isMessage |= isArray && isEvents;
            wrapped = isWrapper && isText ? range : wrapped;
        }

        below = messages ?? wrapped ?? default;
        return isControl ? Layer.Nothing : isMessage && messages is not null ? Layer.Messages : wrapped is not null ? Layer.Value : Layer.Record;
    }

    private bool IsWrapper(ref Utf8JsonReader reader)
    {
        foreach (string wrapper in wrappers)
        {
            if (reader.ValueTextEquals(wrapper))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The messages of log events.</summary>
    private bool TryUnpackMessages(ReadOnlySpan<byte> events, ByteBuffer records, int layers)
    {
        var reader = new Utf8JsonReader(events, Options);
        reader.Read();
        bool any = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            bool found = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isMessage = reader.ValueTextEquals("message"u8);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                isMessage &= reader.TokenType == JsonTokenType.String;
                reader.Skip();
                if (isMessage && (found || !TryUnpackText(events[start..(int)reader.BytesConsumed], records, layers)))
                {
                    return false;
                }

                found |= isMessage;
            }

            if (!found)
            {
                return false;
            }

            any = true;
        }

        return any && reader.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>What stands in a string, or an object as it is.</summary>
    private bool TryUnpackText(ReadOnlySpan<byte> value, ByteBuffer records, int layers)
    {
        if (value[0] == '{')
        {
            return TryUnpack(value, records, layers);
        }

        var reader = new Utf8JsonReader(value, Options);
        reader.Read();
        byte[] text = new byte[value.Length];
        return TryUnpack(text.AsSpan(0, reader.CopyString(text)), records, layers);
    }

    /// <summary>Line feeds within a record are white space, or it is not JSON.</summary>
    private static void WriteLine(ReadOnlySpan<byte> record, ByteBuffer records)
    {
        Span<byte> target = records.GetSpan(record.Length + 1);
        record.CopyTo(target);
        target[..record.Length].Replace((byte)'\n', (byte)' ');
        target[record.Length] = (byte)'\n';
        records.Advance(record.Length + 1);
    }

    private enum Layer
    {
        /// <summary>Nothing that is known to be put around records: perhaps one itself.</summary>
        Record,

        /// <summary>A message that carries none.</summary>
        Nothing,

        /// <summary>Log events with their messages.</summary>
        Messages,

        /// <summary>A member that the rules name.</summary>
        Value,
    }
}
