using System.Text.Json;

namespace ProvableSec.Logs.Filtering;

/// <summary>What has wrapped a record on its way, for a hint.</summary>
internal static class RecordWrapper
{
    private const int LongestName = 64;

    /// <summary>The member of an object below which a record seems to stand; null where it has no plain name.</summary>
    /// <param name="line">One JSON object.</param>
    public static string? NameIn(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.StartObject;
            reader.Skip();
            if (isText && line[start..(int)reader.BytesConsumed].IndexOf("webaclId"u8) >= 0)
            {
                // What else it may be is for no terminal and no message.
                return name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '@')
                    ? name : null;
            }
        }

        return null;
    }
}
