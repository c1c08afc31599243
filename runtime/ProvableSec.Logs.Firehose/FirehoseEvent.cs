using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>The records of a Firehose transformation event (Amazon Data Firehose Developer Guide, "Transform source data"), one after the other.</summary>
internal ref struct FirehoseEvent
{
    private Utf8JsonReader reader;
    private bool found;
    private bool isInRecords;

    /// <summary>Begins to read.</summary>
    /// <param name="json">The event.</param>
    /// <exception cref="JsonException">It is no such event.</exception>
    public FirehoseEvent(ReadOnlySpan<byte> json)
    {
        reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject);
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False when there is none. Then the event has been read to its end.</returns>
    /// <exception cref="JsonException">It is no such event.</exception>
    public bool TryRead(out FirehoseRecord record)
    {
        while (true)
        {
            reader.Read();
            if (isInRecords && reader.TokenType == JsonTokenType.StartObject)
            {
                record = ReadRecord();
                return true;
            }

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

    private FirehoseRecord ReadRecord()
    {
        Range? id = null, data = null;
        bool isEscaped = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("recordId"u8), isData = !isId && reader.ValueTextEquals("data"u8);
            reader.Read();
            int start = (int)reader.TokenStartIndex + 1;
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
