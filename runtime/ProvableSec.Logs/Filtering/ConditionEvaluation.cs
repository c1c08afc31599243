using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;
using ProvableSec.Logs.Scanning;

namespace ProvableSec.Logs.Filtering;

/// <summary>Says which rule decides on a record.</summary>
internal sealed class ConditionEvaluation(LogRules rules, RecordView view)
{
    private readonly RuleProgram program = new(rules);
    private byte[] decoded = new byte[256];

    /// <summary>The rule that decides on the record that the view has read; the number of rules when none does.</summary>
    public int RuleFor(ReadOnlySpan<byte> line)
    {
        RuleProgram.Question[] questions = program.Questions;
        int at = program.First;
        while (at >= 0)
        {
            ref readonly RuleProgram.Question question = ref questions[at];
            at = Meets(line, question) ? question.IfMet : question.IfNot;
        }

        return RuleProgram.RuleOf(at);
    }

    private bool Meets(ReadOnlySpan<byte> line, in RuleProgram.Question question)
    {
        return question.Field == RecordField.None ? Meets(line, question.Condition) : AnyValue(line, question.Field, question.Patterns);
    }

    private bool Meets(ReadOnlySpan<byte> line, LogCondition condition) => condition switch
    {
        LogCondition.Text { Field: LogField.Header } text => AnyHeader(line, text.Header!, text.Patterns),
        LogCondition.Text { Field: LogField.Host } text => AnyValue(line, RecordField.Host, text.Patterns) || AnyHeader(line, "host", text.Patterns),
        LogCondition.Address address => AnyAddress(line, address.Ranges),
        LogCondition.Number { Field: LogField.RecordSize } size => InRange(view.Length, size),
        LogCondition.Number number => AnyNumber(line, number),
        _ => throw new InvalidOperationException("a condition of a kind that does not exist"),
    };

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
