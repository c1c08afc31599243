using System.Collections.Immutable;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Redacting;

/// <summary>Redacts single cookies of a Cookie header, or single arguments of a query string: names and values in a list.</summary>
internal sealed class ListRedactor
{
    private readonly ImmutableArray<Redaction> redactions;
    private readonly ValueRedactor values;
    private readonly bool arguments;
    private byte[] decoded = new byte[64];
    private byte[] unescaped = new byte[64];

    /// <summary>Creates a redactor.</summary>
    /// <param name="redactions">The redactions with this target.</param>
    /// <param name="values">Makes the values.</param>
    /// <param name="arguments">True for arguments: separated by <c>&amp;</c>, names percent-encoded; false for cookies: separated by <c>;</c>.</param>
    public ListRedactor(ImmutableArray<Redaction> redactions, ValueRedactor values, bool arguments)
    {
        this.redactions = redactions;
        this.values = values;
        this.arguments = arguments;
    }

    public bool IsEmpty => redactions.IsEmpty;

    /// <summary>Writes the list with the named values redacted.</summary>
    /// <param name="raw">The inside of a string, escaped.</param>
    /// <param name="output">Receives the list; what was written before stays.</param>
    /// <returns>False, and nothing written, when no value is redacted.</returns>
    public bool Write(ReadOnlySpan<byte> raw, ByteBuffer output)
    {
        bool escapes = raw.Contains((byte)'\\');
        if (escapes && (HidesAscii(raw) || (!arguments && SplitsQuotes(raw))))
        {
            // Separators spelled as escapes, which AWS WAF does not write, or perhaps part of a quoted value: nothing tells where a value ends.
            output.Write(ValueRedactor.Masked);
            return true;
        }

        byte separator = arguments ? (byte)'&' : (byte)';';
        int copied = 0;
        bool changed = false, stayed = false;
        for (int start = 0, end; start <= raw.Length; start = end + 1)
        {
            int length = raw[start..].IndexOf(separator);
            end = length < 0 ? raw.Length : start + length;
            ReadOnlySpan<byte> part = raw[start..end];
            int equals = part.IndexOf((byte)'=');
            ReadOnlySpan<byte> name = Trim(equals < 0 ? part : part[..equals]);

            // A part without a name is a value; so may be one without a value, which is held against the names all the same.
            Redaction? redaction = name.IsEmpty && equals < 0 ? null : Find(name, escapes);
            if (redaction is { Method: RedactionMethod.Remove })
            {
                // With the separator before it when something before it stays, else with the one after it.
                output.Write(stayed ? raw[copied..(start - 1)] : default);
                copied = stayed ? end : Math.Min(end + 1, raw.Length);
                changed = true;
                continue;
            }

            if (!stayed && changed)
            {
                // The first that stays after some that went: the space belonged between them.
                copied += SpacesBefore(part);
            }

            stayed = true;
            if (redaction is null)
            {
                continue;
            }

            changed = true;
            int value = start + (equals >= 0 ? equals + 1 : SpacesBefore(part));
            output.Write(raw[copied..value]);
            values.Write(redaction, raw[value..end], output);
            copied = end;
        }

        if (changed)
        {
            output.Write(raw[copied..]);
        }

        return changed;
    }

    private static int SpacesBefore(ReadOnlySpan<byte> part)
    {
        int spaces = 0;
        while (spaces < part.Length && part[spaces] == ' ')
        {
            spaces++;
        }

        return spaces;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> name)
    {
        int start = 0, end = name.Length;
        while (start < end && name[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && name[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        return name[start..end];
    }

    private Redaction? Find(ReadOnlySpan<byte> name, bool escapes)
    {
        ReadOnlySpan<byte> plain = escapes ? JsonText.Decode(name, ref decoded) : name;
        plain = arguments ? Unescape(plain) : plain;
        foreach (Redaction redaction in redactions)
        {
            if (redaction.Covers(plain))
            {
                return redaction;
            }
        }

        return null;
    }

    /// <summary>The name that an application reads: percent-encoding undone, plus signs as spaces.</summary>
    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> name)
    {
        if (name.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return name;
        }

        if (unescaped.Length < name.Length)
        {
            unescaped = new byte[name.Length];
        }

        int length = 0;
        for (int i = 0; i < name.Length; i++)
        {
            byte b = name[i];
            if (b == '%' && i + 2 < name.Length && char.IsAsciiHexDigit((char)name[i + 1]) && char.IsAsciiHexDigit((char)name[i + 2]))
            {
                b = Convert.ToByte($"{(char)name[i + 1]}{(char)name[i + 2]}", 16);
                i += 2;
            }

            unescaped[length++] = b == '+' ? (byte)' ' : b;
        }

        return unescaped.AsSpan(0, length);
    }

    /// <summary>Whether a semicolon stands between quotation marks, which servers read differently.</summary>
    private static bool SplitsQuotes(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf("\\\""u8) < 0)
        {
            return false;
        }

        foreach (Range range in raw.Split((byte)';'))
        {
            if (raw[range].Count("\\\""u8) % 2 != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HidesAscii(ReadOnlySpan<byte> raw)
    {
        for (int at = raw.IndexOf((byte)'\\'); at >= 0;)
        {
            int length = JsonText.EscapeLength(raw[at..]);
            if (length == 6 && JsonText.Unit(raw[at..]) < 0x80)
            {
                return true;
            }

            int next = raw[(at + length)..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + length + next;
        }

        return false;
    }
}
