using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;
using ProvableSec.Logs.Scanning;

namespace ProvableSec.Logs.Redacting;

/// <summary>Finds what the redactions change in a record and collects it as edits.</summary>
internal sealed class RecordRedactor
{
    private const int LongName = 63;

    private readonly RecordView view;
    private readonly ValueRedactor values;
    private readonly ListRedactor cookies;
    private readonly ListRedactor arguments;
    private readonly ImmutableArray<Redaction> headers;
    private readonly Redaction? clientIp, uri, args, method;
    private readonly bool matchDetails;
    private readonly uint concerned;
    private readonly uint[] initials;
    private byte[] decoded = new byte[64];
    private RecordField headerList;
    private int headerBefore;
    private bool headerStayed;

    public RecordRedactor(LogRules rules, byte[] hmacKey, RecordView view)
    {
        this.view = view;
        values = new ValueRedactor(hmacKey);
        ImmutableArray<Redaction> Of(RedactionTarget target) => [.. rules.Redactions.Where(redaction => redaction.Target == target)];
        cookies = new ListRedactor(Of(RedactionTarget.Cookie), values, arguments: false);
        arguments = new ListRedactor(Of(RedactionTarget.Argument), values, arguments: true);
        headers = Of(RedactionTarget.Header);
        clientIp = Of(RedactionTarget.ClientIp).FirstOrDefault();
        uri = Of(RedactionTarget.Uri).FirstOrDefault();
        args = Of(RedactionTarget.Args).FirstOrDefault();
        method = Of(RedactionTarget.HttpMethod).FirstOrDefault();
        matchDetails = rules.RedactMatchDetails && !rules.Redactions.IsEmpty;
        initials = InitialsOfNames();
        bool anyHeader = !headers.IsEmpty || !cookies.IsEmpty;
        foreach ((RecordField field, bool isConcerned) in new[]
        {
            (RecordField.Header, anyHeader), (RecordField.InsertedHeader, anyHeader), (RecordField.Host, !headers.IsEmpty),
                (RecordField.ClientIp, clientIp is not null), (RecordField.Uri, uri is not null),
            (RecordField.Args, args is not null || !arguments.IsEmpty), (RecordField.HttpMethod, method is not null),
            (RecordField.MatchedData, matchDetails), (RecordField.LimitValue, matchDetails), (RecordField.CustomValue, matchDetails),
        })
        {
            concerned |= isConcerned ? 1U << (int)field : 0;
        }
    }

    /// <summary>By the length of a header's name, which letters it may begin with if it is redacted, as bits: most names need not be looked at.</summary>
    private uint[] InitialsOfNames()
    {
        uint[] initials = new uint[LongName + 1];
        if (headers.Any(redaction => redaction.Except || redaction.Names.Any(name => !name.IsLiteral)))
        {
            Array.Fill(initials, uint.MaxValue);
            return initials;
        }

        foreach (string name in headers.SelectMany(redaction => redaction.Names).Select(name => name.Pattern).Concat(cookies.IsEmpty ? [] : ["cookie"]))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            initials[Math.Min(bytes.Length, LongName)] |= bytes.Length == 0 ? uint.MaxValue : Initial(bytes[0]);
        }

        return initials;
    }

    /// <summary>The same for a letter in either case.</summary>
    private static uint Initial(byte first) => 1U << (first & 0x1F);

    /// <summary>The changes to the record last redacted.</summary>
    public EditList Edits { get; } = new();

    /// <summary>Collects the changes to the record that the view has read.</summary>
    public void Redact(ReadOnlySpan<byte> line)
    {
        Edits.Clear();
        headerList = RecordField.None;
        ReadOnlySpan<RecordEntry> entries = view.Entries.All;
        LinePlaces places = view.Places;
        bool isValid = view.Status == RecordStatus.Valid, hasEscapes = view.HasEscapes;
        uint fields = concerned;
        uint[] letters = initials;
        for (int i = 0; i < entries.Length; i++)
        {
            ref readonly RecordEntry entry = ref entries[i];
            if ((fields >> (int)entry.Field & 1) == 0)
            {
                continue;
            }

            bool isHeader = entry.Field is RecordField.Header or RecordField.InsertedHeader;
            if (isHeader && entry.Field != headerList)
            {
                // Another list begins.
                headerList = entry.Field;
                headerBefore = -1;
                headerStayed = false;
            }

            if (isHeader && isValid && i + 1 < entries.Length && HasOtherName(line, entries[i + 1], places, letters, hasEscapes))
            {
                // Its only name is none of those to redact.
                headerBefore = i;
                headerStayed = true;
                i++;
                continue;
            }

            switch (entry.Field)
            {
                case RecordField.Header or RecordField.InsertedHeader:
                    i = Header(line, entries, i);
                    break;
                case RecordField.ClientIp:
                    Value(line, entry, clientIp);
                    break;
                case RecordField.Uri:
                    Value(line, entry, uri);
                    break;
                case RecordField.HttpMethod:
                    Value(line, entry, method);
                    break;
                case RecordField.Host:
                    Value(line, entry, HeaderRedaction("host"u8));
                    break;
                case RecordField.Args when args is null:
                    List(line, entry, arguments);
                    break;
                case RecordField.Args:
                    Value(line, entry, args);
                    break;
                case RecordField.MatchedData or RecordField.LimitValue or RecordField.CustomValue:
                    Mask(entry);
                    break;
            }
        }
    }

    /// <summary>Adds the number of records that a record of a sample stands for, as its last member.</summary>
    public void AddWeight(int weight)
    {
        int end = view.End(view.Entries[view.Entries.First(RecordField.Record)]) - 1, from = Edits.Replacements.Length;
        Edits.Replacements.Write(",\"sampleWeight\":"u8);
        System.Buffers.Text.Utf8Formatter.TryFormat(weight, Edits.Replacements.GetSpan(16), out int written);
        Edits.Replacements.Advance(written);
        Edits.Replace(end, end, from);
    }

    /// <summary>Redacts one header object.</summary>
    /// <returns>The index of its last entry.</returns>
    private int Header(ReadOnlySpan<byte> line, ReadOnlySpan<RecordEntry> entries, int header)
    {
        int end = header + 1;
        Redaction? redaction = null;
        bool named = false, cookie = false;
        for (; end < entries.Length && entries[end].Field is RecordField.HeaderName or RecordField.HeaderValue; end++)
        {
            if (entries[end].Field == RecordField.HeaderName)
            {
                ReadOnlySpan<byte> name = view.Decoded(line, entries[end], ref decoded);
                named = true;
                redaction ??= HeaderRedaction(name);
                cookie |= Ascii.EqualsIgnoreCase(name, "cookie"u8);
            }
        }

        // A value without a name is on no allow-list.
        redaction ??= named ? null : HeaderRedaction(default);
        if (redaction is { Method: RedactionMethod.Remove } && view.Status == RecordStatus.Valid)
        {
            Remove(header);
            return end - 1;
        }

        headerBefore = header;
        headerStayed = true;

        for (int i = header + 1; i < end; i++)
        {
            if (entries[i].Field == RecordField.HeaderValue)
            {
                if (redaction is null && cookie)
                {
                    List(line, entries[i], cookies);
                }
                else
                {
                    Value(line, entries[i], redaction);
                }
            }
        }

        return end - 1;
    }

    /// <summary>Whether a name's length and first letter say that no redaction covers it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasOtherName(ReadOnlySpan<byte> line, in RecordEntry name, LinePlaces places, uint[] initials, bool hasEscapes)
    {
        if (name.Field != RecordField.HeaderName || name.Kind != EntryKind.Text)
        {
            return false;
        }

        int opening = places.Of(name.Start), closing = places.Of(name.End);
        return (initials[Math.Min(closing - opening - 1, LongName)] & Initial(line[opening + 1])) == 0
            && !(hasEscapes && line[opening..closing].Contains((byte)'\\'));
    }

    private Redaction? HeaderRedaction(ReadOnlySpan<byte> name)
    {
        foreach (Redaction redaction in headers)
        {
            if (redaction.Covers(name))
            {
                return redaction;
            }
        }

        return null;
    }

    /// <summary>Takes a header object away: with the comma before it when a header before it stays, else with the comma after it.</summary>
    private void Remove(int header)
    {
        RecordEntries entries = view.Entries;
        int start = view.Start(entries[header]), end = view.End(entries[header]), next = entries.Next(header);
        if (headerStayed)
        {
            start = view.End(entries[headerBefore]);
        }
        else if (next >= 0)
        {
            end = view.Start(entries[next]);
        }

        headerBefore = header;
        Edits.Replace(start, end, default(ReadOnlySpan<byte>));
    }

    private void List(ReadOnlySpan<byte> line, in RecordEntry entry, ListRedactor list)
    {
        if (list.IsEmpty)
        {
            return;
        }

        if (entry.Kind != EntryKind.Text)
        {
            Mask(entry);
            return;
        }

        int from = Edits.Replacements.Length;
        (int opening, int closing) = view.Quotes(entry);
        if (list.Write(line[(opening + 1)..closing], Edits.Replacements))
        {
            Edits.Replace(opening + 1, closing, from);
        }
    }

    private void Value(ReadOnlySpan<byte> line, in RecordEntry entry, Redaction? redaction)
    {
        if (redaction is null)
        {
            return;
        }

        if (entry.Kind != EntryKind.Text)
        {
            Mask(entry);
            return;
        }

        (int opening, int end) = view.Quotes(entry);
        int start = opening + 1, from = Edits.Replacements.Length;
        values.Write(redaction, line[start..end], Edits.Replacements);
        if (Edits.Replacements.Written[from..].SequenceEqual(line[start..end]))
        {
            Edits.Replacements.Truncate(from);
        }
        else
        {
            Edits.Replace(start, end, from);
        }
    }

    /// <summary>Replaces a value of any kind by the mask.</summary>
    private void Mask(in RecordEntry entry)
    {
        int start = view.Start(entry), end = view.End(entry), from = Edits.Replacements.Length;
        Edits.Replacements.Write("\""u8);
        Edits.Replacements.Write(ValueRedactor.Masked);
        Edits.Replacements.Write("\""u8);
        Edits.Replace(start, end, from);
    }
}
