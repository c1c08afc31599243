using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ProvableSec.Policy.Json;

namespace ProvableSec.Policy.Cases;

/// <summary>
/// Remembers whole stacks by the bytes of the members that give them, because the lines of a batch tend to differ in their requests only. Of a line with a
/// stack that is known no more is read than the rest. Bounded and thread-safe; a hit allocates nothing.
/// </summary>
internal sealed class StackCache
{
    /// <summary>How many bytes it keeps at most, with the texts of the policies.</summary>
    public const long Bytes = 16L << 20;

    // A byte of a stack stands for one of its own and, as a rule, a character of a policy.
    private const int BytesKeptForEach = 3;

    // Texts made to collide must not turn a look-up into a walk.
    private const int LongestChain = 8;

    // What does not come back is not kept: a stack has to be met twice in not too long a time.
    private readonly int[] metOnce = new int[1 << 12];
    private readonly object gate = new();
    private volatile ConcurrentDictionary<int, Entry> young = new(), old = new();
    private long kept;

    /// <summary>
    /// Finds where the members of a stack may stand in a case: behind its id, if it begins with one, and in front of its request. What lies between is
    /// known to be such members only where it has been met as such.
    /// </summary>
    /// <param name="line">A case.</param>
    /// <param name="from">Where they begin.</param>
    /// <param name="to">Where the request begins.</param>
    public static bool TryCut(ReadOnlySpan<byte> line, out int from, out int to)
    {
        to = line.LastIndexOf("\"request\""u8);
        from = BehindId(line);
        return from > 0 && from < to;
    }

    /// <summary>The stack that is known by these bytes; null where none is.</summary>
    /// <param name="members">Members of a case, with the comma behind the last.</param>
    /// <param name="isRecurring">Whether they have been met before, so that <see cref="Keep"/> is worth its while.</param>
    public PolicyStack? Find(ReadOnlySpan<byte> members, out bool isRecurring)
    {
        int hash = Hash(members);
        if ((Find(young, hash, members) ?? Find(old, hash, members)) is { } found)
        {
            isRecurring = false;
            return found;
        }

        ref int met = ref metOnce[(uint)hash % metOnce.Length];
        isRecurring = met == hash;
        met = hash;
        return null;
    }

    /// <summary>
    /// Keeps the stack of a case that was read without any problem, if all that lies between its id and its request are members of the stack.
    /// </summary>
    /// <param name="line">The case as bytes.</param>
    /// <param name="from">Where these members begin in it.</param>
    /// <param name="to">Where the request begins in it.</param>
    /// <param name="charactersFrom">The same in characters.</param>
    /// <param name="charactersTo">Likewise.</param>
    /// <param name="read">The case as it was read.</param>
    /// <param name="stack">Its stack.</param>
    public void Keep(ReadOnlySpan<byte> line, int from, int to, int charactersFrom, int charactersTo, JsonTree read, PolicyStack stack)
    {
        long size = (long)(to - from) * BytesKeptForEach;
        if (size > Bytes / 2 || !AreOfStack(read.Root, charactersFrom, charactersTo))
        {
            return;
        }

        byte[] members = line.Slice(from, to - from).ToArray();
        int hash = Hash(members);
        lock (gate)
        {
            if (kept + size > Bytes / 2)
            {
                old = young;
                young = new();
                kept = 0;
            }

            young.TryGetValue(hash, out Entry? chain);
            if ((chain?.Depth ?? 0) < LongestChain)
            {
                young[hash] = new Entry(members, stack, chain, (chain?.Depth ?? 0) + 1);
                kept += size;
            }
        }
    }

    /// <summary>Whether the members between two places are those of a stack, all policies written out, and those around them are not.</summary>
    private static bool AreOfStack(JsonItem root, int from, int to)
    {
        bool begins = false, ends = false;
        foreach (JsonMember member in root.Properties())
        {
            int at = member.NameSpan.Start;
            bool ofStack = StackReader.MemberNames.Contains(member.Name);
            begins |= at == from;
            ends |= at == to;
            if (ofStack != (at >= from && at < to) || (ofStack && !IsWrittenOut(member)) || (at == to && Supposes(member.Value)))
            {
                return false;
            }
        }

        return begins && ends;
    }

    /// <summary>Whether a request has policies of its own beside those of the case.</summary>
    private static bool Supposes(JsonItem request) => request.Kind != JsonKind.Object || request.TryGetProperty(SupposedPolicies.Supposed, out _);

    /// <summary>Whether no policy is given as a path, whose file may change.</summary>
    private static bool IsWrittenOut(JsonMember member) => member.NameIs("account") || IsWrittenOut(member.Value);

    private static bool IsWrittenOut(JsonItem value)
    {
        foreach (JsonItem element in value.Elements())
        {
            if (!IsWrittenOut(element))
            {
                return false;
            }
        }

        return value.Kind is JsonKind.Object or JsonKind.Array or JsonKind.Null;
    }

    /// <summary>
    /// Where the second member of an object begins whose first is a plain id; where the first begins, if that is not one; -1 for anything else.
    /// </summary>
    private static int BehindId(ReadOnlySpan<byte> line)
    {
        int at = Space(line, 0);
        if (at == line.Length || line[at] != '{')
        {
            return -1;
        }

        at = Space(line, at + 1);
        if (!line.Slice(at).StartsWith("\"id\""u8))
        {
            return at;
        }

        at = Space(line, at + 4);
        if (at == line.Length || line[at] != ':')
        {
            return -1;
        }

        at = Space(line, at + 1);
        if (at == line.Length || line[at] != '"')
        {
            return -1;
        }

        do
        {
            at++;
        }
        while (at < line.Length && line[at] != '"' && line[at] != '\\' && line[at] >= ' ');
        if (at == line.Length || line[at] != '"')
        {
            return -1;
        }

        at = Space(line, at + 1);
        return at < line.Length && line[at] == ',' ? Space(line, at + 1) : -1;
    }

    private static int Space(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static PolicyStack? Find(ConcurrentDictionary<int, Entry> generation, int hash, ReadOnlySpan<byte> members)
    {
        if (generation.TryGetValue(hash, out Entry? entry))
        {
            for (; entry is not null; entry = entry.Next)
            {
                if (members.SequenceEqual(entry.Members))
                {
                    return entry.Stack;
                }
            }
        }

        return null;
    }

    private static int Hash(ReadOnlySpan<byte> members)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(members);
        ulong one = (ulong)members.Length, other = Prime;
        int i = 0;
        for (; i + 1 < words.Length; i += 2)
        {
            // Two at a time, for a product waits for the one before.
            one = Turned(one ^ words[i]) * Prime;
            other = Turned(other ^ words[i + 1]) * Prime;
        }

        for (i *= sizeof(ulong); i < members.Length; i++)
        {
            one = Turned(one ^ members[i]) * Prime;
        }

        one = Turned(one ^ other) * Prime;
        return (int)(one ^ (one >> 32));
    }

    private static ulong Turned(ulong word) => (word << 31) | (word >> 33);

    private sealed record Entry(byte[] Members, PolicyStack Stack, Entry? Next, int Depth);
}
