using System.Globalization;
using System.Text;

namespace ProvableSec.Policy.Json;

/// <summary>Turns the inside of a JSON string into the text it stands for, and back.</summary>
internal static class JsonEscapes
{
    /// <summary>Decodes; an escape that JSON does not know stands for the character after the backslash.</summary>
    public static string Decode(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            char c = raw[++i];
            switch (c)
            {
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'u' when TryHex(raw, i + 1, out char code):
                    text.Append(code);
                    i += 4;
                    break;
                default: text.Append(c); break;
            }
        }

        return text.ToString();
    }

    /// <summary>Appends a text as a JSON string with its quotes; only what JSON demands is escaped.</summary>
    public static void AppendQuoted(StringBuilder to, string text)
    {
        to.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"': to.Append("\\\""); break;
                case '\\': to.Append("\\\\"); break;
                case '\n': to.Append("\\n"); break;
                case '\r': to.Append("\\r"); break;
                case '\t': to.Append("\\t"); break;
                case >= '\uD800' and <= '\uDFFF' when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    to.Append(c).Append(text[++i]);
                    break;
                case < ' ' or '\u2028' or '\u2029' or (>= '\uD800' and <= '\uDFFF'):
                    // A lone surrogate cannot be written as UTF-8.
                    to.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default: to.Append(c); break;
            }
        }

        to.Append('"');
    }

    internal static bool TryHex(ReadOnlySpan<char> raw, int at, out char code)
    {
        code = '\0';
        if (at + 4 > raw.Length)
        {
            return false;
        }

        int value = 0;
        for (int i = at; i < at + 4; i++)
        {
            int digit = raw[i] switch
            {
                >= '0' and <= '9' => raw[i] - '0',
                >= 'a' and <= 'f' => raw[i] - 'a' + 10,
                >= 'A' and <= 'F' => raw[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | digit;
        }

        code = (char)value;
        return true;
    }
}
