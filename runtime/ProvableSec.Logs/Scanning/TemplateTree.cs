using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace ProvableSec.Logs.Scanning;

/// <summary>
/// The templates of lines met lately, by the parts that lines have in common. A line is held against them from its first byte to its last; the argument why
/// one that passes means what the line did that the template was made of is in <c>docs/log-filter.md</c>.
/// </summary>
/// <param name="behind">The byte that follows lines.</param>
internal sealed class TemplateTree(byte behind)
{
    /// <summary>No template.</summary>
    public const int None = -1;

    /// <summary>Bytes behind a line that are read, whatever they are.</summary>
    public const int Room = 2 * Width;

    /// <summary>Longer runs of digits are not covered.</summary>
    public const int MaxDigits = Width;

    /// <summary>Bytes that are looked at together.</summary>
    public const int Width = 32;

    private const int MaxParts = 1 << 16, MaxTemplates = 2048;

    /// <summary>At most this many parts may stand in the place of another one. They are tried one after the other.</summary>
    private const int MaxInstead = 64;

    /// <summary>What has changed its length so often within so few lines is not expected to be as long as before.</summary>
    private const int Unsteady = 8, Soon = 10;

    private readonly int[] starts = new int[TemplateReader.MaxParts + 1];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private LinePart[] parts = new LinePart[256];
    private byte[] texts = new byte[1024];
    private int templates, partCount, textLength;

    // Where a line is held against the parts, after how many holes, and against which of the parts.
    private int at, holes, index, lines;

    /// <summary>Where the parts of the last line begin.</summary>
    public int[] Starts => starts;

    /// <summary>Whether the last line may have bytes that are not ASCII.</summary>
    public bool HasHighBytes { get; private set; }

    /// <summary>Whether anything in a value of the last line is escaped.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Finds the template of a line.</summary>
    /// <param name="data">Begins with the line; what follows the byte behind it does not matter.</param>
    /// <param name="length">The length of the line without the byte behind it.</param>
    /// <returns>The template's number; <see cref="None"/> when there is none, or the line does not end <see cref="Room"/> bytes before the data do.</returns>
    public int Find(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        HasHighBytes = false;
        HasEscapes = false;
        at = 0;
        holes = 0;
        index = partCount == 0 ? None : 0;
        lines++;
        HoleKind met;
        while ((met = Walk(ref MemoryMarshal.GetReference(data), data.Length - Room)) == HoleKind.Text)
        {
            // A string with something in it that is not plain.
            int end = EscapedText.End(data, at);
            if (end < 0)
            {
                return None;
            }

            HasEscapes |= data[at..end].Contains((byte)'\\');
            HasHighBytes |= !Ascii.IsValid(data[at..end]);
            at = end;
            starts[++holes] = at;
            index = parts[index].After;
        }

        if (met == HoleKind.None)
        {
            return None;
        }

        length = at;
        return parts[index].After;
    }

    /// <summary>Goes on from <see cref="at"/> for as long as parts are those of a line known and strings are plain. Without calls, so that all stays in
    /// registers.</summary>
    /// <returns>What it ended at, and left <see cref="at"/> at: the byte behind the line, a character in a string that is not plain, or nothing
    /// known.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private HoleKind Walk(ref byte line, nint last)
    {
        ref byte text = ref MemoryMarshal.GetArrayDataReference(texts);
        ref LinePart all = ref MemoryMarshal.GetArrayDataReference(parts);
        ref int start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(starts), holes);
        nint here = at;
        int next = index;
        while (next >= 0 && here <= last)
        {
            ref LinePart part = ref Unsafe.Add(ref all, next);
            uint equal = Vector256.Equals(Vector256.LoadUnsafe(ref line, (nuint)here), Vector256.LoadUnsafe(ref text, (nuint)part.Text))
                .ExtractMostSignificantBits();
            if ((~equal & part.Mask) != 0)
            {
                next = part.Instead;
                continue;
            }

            nint hole = here + part.Length, end = hole;
            if (part.Hole == HoleKind.Text)
            {
                uint stops = Stops(Vector256.LoadUnsafe(ref line, (nuint)end));
                while (stops == 0)
                {
                    end += Width;
                    if (end > last)
                    {
                        return HoleKind.None;
                    }

                    stops = Stops(Vector256.LoadUnsafe(ref line, (nuint)end));
                }

                end += BitOperations.TrailingZeroCount(stops);
                if (Unsafe.Add(ref line, end) != '"')
                {
                    at = (int)end;
                    index = next;
                    holes = (int)(Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(starts), ref start) / sizeof(int));
                    return HoleKind.Text;
                }
            }
            else if (part.Hole == HoleKind.None)
            {
                here = hole;
                next = After(part, next);
                continue;
            }
            else if (part.Hole == HoleKind.Digits)
            {
                // If there are more, they are not what the next part begins with.
                end += BitOperations.TrailingZeroCount(OtherThanDigits(Vector256.LoadUnsafe(ref line, (nuint)end)));
                if (end == hole || (end > hole + 1 && Unsafe.Add(ref line, hole) == '0'))
                {
                    next = part.Instead;
                    continue;
                }
            }
            else if (Unsafe.Add(ref line, hole) == behind)
            {
                at = (int)hole;
                index = next;
                return HoleKind.End;
            }
            else
            {
                next = part.Instead;
                continue;
            }

            if (part.Changes >= Unsteady)
            {
                here = end;
            }
            else if ((here = hole + part.HoleLength) != end)
            {
                // Mostly it is as long as in the line before, and the processor goes on from there without waiting for where it ends.
                part.HoleLength = (int)(end - hole);
                part.Changes += lines - part.Changed < Soon ? (byte)1 : (byte)0;
                part.Changed = lines;
                here = end;
            }

            start = ref Unsafe.Add(ref start, 1);
            start = (int)here;
            next = After(part, next);
        }

        return HoleKind.None;
    }

    /// <summary>The part after another one: mostly the one made after it, so that the processor need not wait for which it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int After(in LinePart part, int index)
    {
        index++;
        if (part.After != index)
        {
            index = part.After;
        }

        return index;
    }

    /// <summary>Keeps the template of a line.</summary>
    /// <param name="line">Has taken the line apart.</param>
    /// <returns>
    /// Its number: one more than that of the one before, or 0 when there were too many and all were forgotten. <see cref="None"/> when it is not kept.
    /// </returns>
    public int Add(TemplateReader line)
    {
        if (templates == MaxTemplates || partCount > MaxParts)
        {
            known.Clear();
            templates = partCount = textLength = 0;
        }

        int before = None;
        foreach ((string text, HoleKind hole) in line.Parts)
        {
            for (int from = 0; from < text.Length; from += Width)
            {
                bool isLast = text.Length - from <= Width;
                before = FindOrMake(before, isLast ? text[from..] : text.Substring(from, Width), isLast ? hole : HoleKind.None);
                if (before == None)
                {
                    return None;
                }
            }
        }

        return parts[before].After == None ? parts[before].After = templates++ : None;
    }

    /// <summary>Finds a part behind another one, or puts it there.</summary>
    /// <returns><see cref="None"/> when there are too many others.</returns>
    private int FindOrMake(int before, string text, HoleKind hole)
    {
        int bytes = known.GetValueOrDefault(text, None), instead = None, alternatives = 0,
            part = before != None ? parts[before].After : partCount == 0 ? None : 0;
        while (part != None && !(parts[part].Text == bytes && (parts[part].Hole == hole || parts[part].Hole == HoleKind.None)))
        {
            instead = part;
            part = parts[part].Instead;
            alternatives++;
        }

        if (part != None && parts[part].Hole == hole)
        {
            return part;
        }

        if (alternatives == MaxInstead)
        {
            return None;
        }

        if (partCount == parts.Length)
        {
            Array.Resize(ref parts, partCount * 2);
        }

        int made = partCount++;
        var fresh = new LinePart
        {
            Text = TextOf(text),
            Length = text.Length,
            Mask = uint.MaxValue >> (Width - text.Length),
            Hole = hole,
            After = None,
            Instead = None
        };
        if (part != None)
        {
            // A part that goes on comes after those with the same bytes that do not: what follows them tells whether they are meant.
            parts[made] = parts[part];
            parts[part] = fresh with { Instead = made };
            return part;
        }

        parts[made] = fresh;
        if (instead != None)
        {
            parts[instead].Instead = made;
        }
        else if (before != None)
        {
            parts[before].After = made;
        }

        return made;
    }

    /// <summary>The same text is kept once, however many parts have it.</summary>
    private int TextOf(string text)
    {
        if (known.TryGetValue(text, out int at))
        {
            return at;
        }

        at = textLength;
        while (texts.Length < at + text.Length + Width)
        {
            Array.Resize(ref texts, texts.Length * 2);
        }

        Encoding.Latin1.GetBytes(text, texts.AsSpan(at));
        textLength += text.Length;
        known.Add(text, at);
        return at;
    }

    /// <summary>Quotes, backslashes, control characters, and bytes that are not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stops(Vector256<byte> v) =>
        (Vector256.Equals(v, Vector256.Create((byte)'"')) | Vector256.Equals(v, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(v.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint OtherThanDigits(Vector256<byte> v) =>
        Vector256.GreaterThan(v - Vector256.Create((byte)'0'), Vector256.Create((byte)9)).ExtractMostSignificantBits();
}
