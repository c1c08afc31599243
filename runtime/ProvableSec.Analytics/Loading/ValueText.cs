using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ProvableSec.Analytics.Loading;

/// <summary>Values of JSON as text that is UTF-8 whatever the record holds: what is not becomes U+FFFD. Not thread-safe.</summary>
internal sealed class ValueText
{
    private static readonly byte[] Replaced = "\uFFFD"u8.ToArray();

    private byte[] scratch = new byte[4096];

    /// <summary>A value as text: a string without its escapes, a number or a truth value as written; nothing for null. An object or array is read over, and as
    /// written.</summary>
    /// <param name="reader">At the value; behind it afterwards.</param>
    /// <param name="record">What the reader reads.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Of(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueIsEscaped ? Unescaped(ref reader) : Valid(reader.ValueSpan);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return reader.ValueSpan;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Valid(record[start..(int)reader.BytesConsumed]);
            default:
                return default;
        }
    }

    /// <summary>A whole number, also one in a string.</summary>
    public static bool TryInteger(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> text = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? reader.ValueSpan : default;
        return System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }

    /// <summary>A number, also one in a string.</summary>
    public static bool TryNumber(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        ReadOnlySpan<byte> text = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? reader.ValueSpan : default;
        return System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length && double.IsFinite(value);
    }

    private ReadOnlySpan<byte> Unescaped(scoped ref Utf8JsonReader reader)
    {
        if (scratch.Length < reader.ValueSpan.Length)
        {
            scratch = new byte[reader.ValueSpan.Length * 2];
        }

        try
        {
            return Valid(scratch.AsSpan(0, reader.CopyString(scratch)));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: as it is written.
            return Valid(reader.ValueSpan);
        }
    }

    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text) && !text.Contains((byte)0))
        {
            return text;
        }

        var valid = new ArrayBufferWriter<byte>(text.Length * 3);
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text, out Rune _, out int length);
            valid.Write(status == OperationStatus.Done && text[0] != 0 ? text[..length] : Replaced);
            text = text[length..];
        }

        return valid.WrittenSpan;
    }
}
