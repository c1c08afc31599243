using System.Text.Unicode;

namespace ProvableSec.Logs.Records;

/// <summary>
/// Reads a line as JSON from its first byte to its last, strictly (RFC 8259), and notes where the values stand that rules speak of.
/// It is the meaning of a record; templates only spare it from reading the same structure again.
/// </summary>
internal sealed class StructuralReader
{
    /// <summary>Objects and arrays may be nested this deep. Records of AWS WAF have eight levels.</summary>
    public const int MaxDepth = 64;

    private readonly RecordContext[] contexts = new RecordContext[MaxDepth];
    private readonly ulong[] seen = new ulong[MaxDepth];
    private readonly int[] openEntries = new int[MaxDepth];
    private readonly bool[] objects = new bool[MaxDepth];
    private readonly bool[] actionSeen = new bool[MaxDepth];
    private byte[] name = new byte[64];
    private RecordEntries entries = new();
    private int depth;
    private bool repeated;
    private bool recognized;
    private bool misshapen;

    /// <summary>Reads a line without its line feed.</summary>
    /// <param name="line">The line.</param>
    /// <param name="into">Receives the entries; they mean something only for <see cref="RecordStatus.Valid"/> and
    /// <see cref="RecordStatus.RepeatedMember"/>.</param>
    public RecordStatus Read(ReadOnlySpan<byte> line, RecordEntries into) =>
        Utf8.IsValid(line) ? ReadValid(line, into) : RecordStatus.Malformed;

    private RecordStatus ReadValid(ReadOnlySpan<byte> line, RecordEntries into)
    {
        entries = into;
        entries.Clear();
        depth = 0;
        repeated = false;
        recognized = false;
        misshapen = false;
        int at = JsonTokens.SkipSpace(line, 0);
        if (at == line.Length)
        {
            return RecordStatus.Blank;
        }

        if (line[at] != '{')
        {
            return RecordStatus.Malformed;
        }

        var member = new RecordMember(RecordField.Record, RecordContext.Record);
        while (true)
        {
            // A value begins, after any white space.
            at = JsonTokens.SkipSpace(line, at);
            if (at == line.Length)
            {
                return RecordStatus.Malformed;
            }

            byte first = line[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == MaxDepth)
                {
                    return RecordStatus.TooDeep;
                }

                Open(member, first == '{', at);
                at = JsonTokens.SkipSpace(line, at + 1);
                if (at == line.Length)
                {
                    return RecordStatus.Malformed;
                }

                bool empty = line[at] == (objects[depth - 1] ? '}' : ']');
                if (!empty)
                {
                    if (!Begin(line, ref at, out member))
                    {
                        return RecordStatus.Malformed;
                    }

                    continue;
                }
            }
            else
            {
                int end = JsonTokens.EndOfScalar(line, at, first);
                if (end < 0)
                {
                    return RecordStatus.Malformed;
                }

                Note(member, first, at, end);
                at = end;
            }

            // A value has ended; so may the objects and arrays around it.
            while (true)
            {
                at = JsonTokens.SkipSpace(line, at);
                if (depth == 0)
                {
                    return at != line.Length ? RecordStatus.Malformed
                        : !recognized || misshapen ? RecordStatus.NotWafRecord
                        : repeated ? RecordStatus.RepeatedMember
                        : RecordStatus.Valid;
                }

                if (at == line.Length)
                {
                    return RecordStatus.Malformed;
                }

                byte c = line[at];
                if (c == (objects[depth - 1] ? '}' : ']'))
                {
                    Close(at);
                    at++;
                }
                else if (c == ',')
                {
                    at = JsonTokens.SkipSpace(line, at + 1);
                    if (!Begin(line, ref at, out member))
                    {
                        return RecordStatus.Malformed;
                    }

                    break;
                }
                else
                {
                    return RecordStatus.Malformed;
                }
            }
        }
    }

    /// <summary>Reads up to where the value of the next member or element begins.</summary>
    private bool Begin(ReadOnlySpan<byte> line, ref int at, out RecordMember member)
    {
        RecordContext context = contexts[depth - 1];
        if (!objects[depth - 1])
        {
            member = RecordMembers.ElementOf(context);
            return true;
        }

        member = default;
        int end = at < line.Length && line[at] == '"' ? JsonTokens.EndOfString(line, at) : -1;
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> raw = line[(at + 1)..(end - 1)];
        at = JsonTokens.SkipSpace(line, end);
        if (at == line.Length || line[at] != ':')
        {
            return false;
        }

        at++;
        if (context != RecordContext.Other)
        {
            member = RecordMembers.Find(context, JsonText.Decode(raw, ref name), out int bit);
            if (bit >= 0)
            {
                repeated |= (seen[depth - 1] >> bit & 1) != 0;
                seen[depth - 1] |= 1UL << bit;
                recognized |= RecordMembers.TellsWafRecord(context, bit);
            }
        }

        return true;
    }

    private void Open(RecordMember member, bool isObject, int at)
    {
        RecordContext context = isObject ? member.Object : member.Array;
        misshapen |= context == RecordContext.Other && IsOfRequest(member);
        RecordField field = context switch
        {
            RecordContext.Record => RecordField.Record,
            RecordContext.Header => RecordField.Header,
            RecordContext.InsertedHeader => RecordField.InsertedHeader,
            RecordContext.Other => member.Field,
            _ => RecordField.None,
        };
        openEntries[depth] = field == RecordField.None ? -1 : entries.Add(field, EntryKind.Container, at, -1);
        if (member.TellsOfMatch && context == RecordContext.Other)
        {
            entries.Add(RecordField.MatchedAction, EntryKind.Unreadable, -1, -1);
        }

        contexts[depth] = context;
        objects[depth] = isObject;
        seen[depth] = 0;
        actionSeen[depth] = false;
        depth++;
    }

    private void Close(int at)
    {
        depth--;
        if (openEntries[depth] >= 0)
        {
            entries.Close(openEntries[depth], at);
        }

        // A rule that matched, whatever it did.
        if (contexts[depth] is RecordContext.MatchingRule or RecordContext.ExcludedRule && !actionSeen[depth])
        {
            entries.Add(RecordField.MatchedAction, EntryKind.Unreadable, -1, -1);
        }
    }

    /// <summary>Whether redactions look for something in a value, which they cannot find when it is of another kind.</summary>
    private static bool IsOfRequest(in RecordMember member) =>
        member.Object is RecordContext.HttpRequest or RecordContext.Header or RecordContext.InsertedHeader
        || member.Array is RecordContext.Headers or RecordContext.InsertedHeaders;

    private void Note(RecordMember member, byte first, int start, int end)
    {
        bool isNull = first == 'n';
        misshapen |= !isNull && IsOfRequest(member);
        if (member.TellsOfMatch && !(isNull && objects[depth - 1]))
        {
            entries.Add(RecordField.MatchedAction, EntryKind.Unreadable, -1, -1);
        }

        if (member.Field != RecordField.None && !isNull)
        {
            bool text = first == '"';
            actionSeen[depth - 1] |= member.Field == RecordField.MatchedAction;
            entries.Add(member.Field, text ? EntryKind.Text : EntryKind.Scalar, start, text ? end - 1 : end);
        }
    }
}
