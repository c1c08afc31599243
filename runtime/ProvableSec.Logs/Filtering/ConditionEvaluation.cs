using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;
using ProvableSec.Logs.Scanning;

namespace ProvableSec.Logs.Filtering;

/// <summary>Decides conditions on one record.</summary>
internal sealed class ConditionEvaluation(RecordView view)
{
    private byte[] decoded = new byte[256];

    /// <summary>Whether the record that the view has read meets a condition.</summary>
    public bool Meets(ReadOnlySpan<byte> line, LogCondition condition)
    {
        switch (condition)
        {
            case LogCondition.Text text:
                return text.Field switch
                {
                    LogField.Header => AnyHeader(line, text.Header!, text.Patterns),
                    LogField.Host => AnyValue(line, RecordField.Host, text.Patterns) || AnyHeader(line, "host", text.Patterns),
                    _ => AnyValue(line, RecordFields.Of(text.Field), text.Patterns),
                };
            case LogCondition.All all:
                foreach (LogCondition one in all.Conditions)
                {
                    if (!Meets(line, one))
                    {
                        return false;
                    }
                }

                return true;
            case LogCondition.Any any:
                foreach (LogCondition one in any.Conditions)
                {
                    if (Meets(line, one))
                    {
                        return true;
                    }
                }

                return false;
            case LogCondition.Not not:
                return !Meets(line, not.Condition);
            case LogCondition.Address address:
                return AnyAddress(line, address.Ranges);
            case LogCondition.Number { Field: LogField.RecordSize } size:
                return InRange(view.Length, size);
            case LogCondition.Number number:
                return AnyNumber(line, number);
            default:
                throw new InvalidOperationException("a condition of a kind that does not exist");
        }
    }

    private bool AnyValue(ReadOnlySpan<byte> line, RecordField field, ImmutableArray<TextPattern> patterns)
    {
        RecordEntries entries = view.Entries;
        for (int i = entries.First(field); i >= 0; i = entries.Next(i))
        {
            if (Matches(line, entries[i], patterns))
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyHeader(ReadOnlySpan<byte> line, string name, ImmutableArray<TextPattern> patterns)
    {
        RecordEntries entries = view.Entries;
        for (int header = entries.First(RecordField.Header); header >= 0; header = entries.Next(header))
        {
            bool named = false;
            for (int i = header + 1; i < entries.Count && entries[i].Field is RecordField.HeaderName or RecordField.HeaderValue; i++)
            {
                named |= entries[i].Field == RecordField.HeaderName && Ascii.EqualsIgnoreCase(view.Decoded(line, entries[i], ref decoded), name);
            }

            for (int i = header + 1; named && i < entries.Count && entries[i].Field is RecordField.HeaderName or RecordField.HeaderValue; i++)
            {
                if (entries[i].Field == RecordField.HeaderValue && Matches(line, entries[i], patterns))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Matches(ReadOnlySpan<byte> line, in RecordEntry entry, ImmutableArray<TextPattern> patterns)
    {
        ReadOnlySpan<byte> value = view.Decoded(line, entry, ref decoded);
        foreach (TextPattern pattern in patterns)
        {
            if (pattern.Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyAddress(ReadOnlySpan<byte> line, ImmutableArray<AddressRange> ranges)
    {
        RecordEntries entries = view.Entries;
        for (int i = entries.First(RecordField.ClientIp); i >= 0; i = entries.Next(i))
        {
            if (!AddressText.TryParse(view.Decoded(line, entries[i], ref decoded), out bool v6, out UInt128 address))
            {
                continue;
            }

            foreach (AddressRange range in ranges)
            {
                if (range.Contains(v6, address))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool AnyNumber(ReadOnlySpan<byte> line, LogCondition.Number number)
    {
        RecordEntries entries = view.Entries;
        for (int i = entries.First(RecordFields.Of(number.Field)); i >= 0; i = entries.Next(i))
        {
            // A fraction, an exponent, a number beyond 64 bits: none that AWS WAF writes, and none that a range is compared with.
            ReadOnlySpan<byte> raw = view.Raw(line, entries[i]);
            if (entries[i].Kind == EntryKind.Scalar && Utf8Parser.TryParse(raw, out long value, out int used) && used == raw.Length && InRange(value, number))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InRange(long value, LogCondition.Number number) => value >= number.AtLeast && (number.Below is not { } below || value < below);
}
