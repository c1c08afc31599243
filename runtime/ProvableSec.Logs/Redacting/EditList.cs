using System.Buffers;

namespace ProvableSec.Logs.Redacting;

/// <summary>Replacements in one record, in the order of its bytes. What lies between them is copied as it is.</summary>
internal sealed class EditList
{
    private (int Start, int End, int From, int Length)[] edits = new (int, int, int, int)[64];
    private int count;

    public bool IsEmpty => count == 0;

    /// <summary>Where replacements are written, one after the other.</summary>
    public ByteBuffer Replacements { get; } = new(1024);

    public void Clear()
    {
        count = 0;
        Replacements.Truncate(0);
    }

    /// <summary>Replaces bytes by all that was written since a length of <see cref="Replacements"/>. An edit begins where the one before ends, or
    /// later.</summary>
    public void Replace(int start, int end, int from)
    {
        if (count == edits.Length)
        {
            Array.Resize(ref edits, count * 2);
        }

        edits[count++] = (start, end, from, Replacements.Length - from);
    }

    /// <summary>Replaces bytes.</summary>
    public void Replace(int start, int end, ReadOnlySpan<byte> with)
    {
        int from = Replacements.Length;
        Replacements.Write(with);
        Replace(start, end, from);
    }

    public void WriteTo(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        Span<byte> target = output.GetSpan(line.Length + Replacements.Length);
        int at = 0, written = 0;
        foreach ((int start, int end, int from, int length) in edits.AsSpan(0, count))
        {
            line[at..start].CopyTo(target[written..]);
            written += start - at;
            Replacements.Written.Slice(from, length).CopyTo(target[written..]);
            written += length;
            at = end;
        }

        line[at..].CopyTo(target[written..]);
        output.Advance(written + line.Length - at);
    }
}
