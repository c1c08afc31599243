using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>The records of a Firehose transformation event (Amazon Data Firehose Developer Guide, "Transform source data"), one after the other.</summary>
internal ref struct FirehoseEvent
{
    private readonly ReadOnlySpan<byte> json;
    private readonly EventLayouts layouts;
    private Utf8JsonReader reader;
    private int readerStart;
    private int recordEnd;
    private bool found;
    private bool isInRecords;

    /// <summary>Begins to read.</summary>
    /// <param name="json">The event.</param>
    /// <param name="layouts">The layouts met so far.</param>
    /// <exception cref="JsonException">It is not such an event.</exception>
    public FirehoseEvent(ReadOnlySpan<byte> json, EventLayouts layouts)
    {
        this.json = json;
        this.layouts = layouts;
        reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject);
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False when there is none. Then the event has been read to its end.</returns>
    /// <exception cref="JsonException">It is not such an event.</exception>
    public bool TryRead(out FirehoseRecord record)
    {
        if (IsFollowed && layouts.TryFind(json, recordEnd + 1, out record, out int end))
        {
            recordEnd = end;
            return true;
        }

        if (recordEnd > readerStart + (int)reader.BytesConsumed)
        {
            // The reader goes on behind what was found without it, as if it were behind the last record that it read.
            reader = new Utf8JsonReader(json[recordEnd..], isFinalBlock: true, reader.CurrentState);
            readerStart = recordEnd;
        }

        while (true)
        {
            reader.Read();
            if (isInRecords && reader.TokenType == JsonTokenType.StartObject)
            {
                int start = readerStart + (int)reader.TokenStartIndex;
                record = ReadRecord();
                recordEnd = readerStart + (int)reader.BytesConsumed;
                if (IsFollowed && !layouts.TryFind(json, start, out _, out _))
                {
                    layouts.Add(json, start, recordEnd, record);
                }

                return true;
            }

            // No record is in front of the next one.
            recordEnd = 0;
            if (isInRecords)
            {
                Expect(reader.TokenType == JsonTokenType.EndArray);
                isInRecords = false;
            }
            else if (reader.TokenType != JsonTokenType.PropertyName)
            {
                // The end of the object; anything behind it is an error of the reader's.
                Expect(found && !reader.Read());
                record = default;
                return false;
            }
            else if (!reader.ValueTextEquals("records"u8))
            {
                reader.Skip();
            }
            else
            {
                Expect(!found && reader.Read() && reader.TokenType == JsonTokenType.StartArray);
                found = true;
                isInRecords = true;
            }
        }
    }

    /// <summary>Whether the last record has another one behind it.</summary>
    private readonly bool IsFollowed => recordEnd > 0 && recordEnd < json.Length && json[recordEnd] == ',';

    private FirehoseRecord ReadRecord()
    {
        Range? id = null, data = null;
        bool isEscaped = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("recordId"u8), isData = !isId && reader.ValueTextEquals("data"u8);
            reader.Read();
            int start = readerStart + (int)reader.TokenStartIndex + 1;
            if (reader.TokenType == JsonTokenType.String && (isId || isData))
            {
                Range inside = start..(start + reader.ValueSpan.Length);
                isEscaped = isData ? reader.ValueIsEscaped : isEscaped;
                (id, data) = isId ? ((Range?)inside, data) : (id, (Range?)inside);
            }
            else
            {
                reader.Skip();
            }
        }

        // Without an id there is nothing that could be answered.
        Expect(id is not null);
        return new FirehoseRecord(id!.Value, data, isEscaped);
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("expected an event of Amazon Data Firehose: an object with \"records\", each with a \"recordId\"");
        }
    }
}
