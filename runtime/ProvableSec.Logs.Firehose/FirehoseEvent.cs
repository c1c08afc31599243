using System.Text.Json;

namespace ProvableSec.Logs.Firehose;

/// <summary>The records of a Firehose transformation event (Amazon Data Firehose Developer Guide, "Transform source data").</summary>
internal static class FirehoseEvent
{
    /// <summary>Finds the records.</summary>
    /// <param name="json">The event.</param>
    /// <param name="records">Receives them, in order.</param>
    /// <exception cref="JsonException">It is no such event.</exception>
    public static void Read(ReadOnlySpan<byte> json, List<FirehoseRecord> records)
    {
        records.Clear();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject);
        bool found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("records"u8))
            {
                reader.Skip();
                continue;
            }

            Expect(!found && reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            found = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                records.Add(ReadRecord(ref reader));
            }
        }

        Expect(found);
    }

    private static FirehoseRecord ReadRecord(ref Utf8JsonReader reader)
    {
        Range? id = null, data = null;
        bool isEscaped = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("recordId"u8), isData = reader.ValueTextEquals("data"u8);
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
