using System.Text;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>Takes a line apart that has been read structurally: into what other lines of its structure have as well, and what they may have
/// differently.</summary>
internal sealed class TemplateReader
{
    /// <summary>Lines with more parts are not taken apart.</summary>
    public const int MaxParts = 1024;

    private const int MaxText = 8192;

    private readonly List<int> starts = [];
    private int room;

    /// <summary>The parts of the last line, one character a byte, each with what stands behind it.</summary>
    public List<(string Text, HoleKind Hole)> Parts { get; } = [];

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">A line that is one JSON object.</param>
    /// <returns>False when it has too many or too long parts, or a number that no template covers.</returns>
    public bool TryRead(ReadOnlySpan<byte> line)
    {
        Parts.Clear();
        starts.Clear();
        room = MaxText;
        int start = 0;
        for (int at = 0, end; at < line.Length; at = end)
        {
            if (line[at] == '"')
            {
                end = JsonTokens.EndOfString(line, at);
                int next = JsonTokens.SkipSpace(line, end);
                if (next < line.Length && line[next] == ':')
                {
                    continue;
                }

                // The quotes are not part of the hole.
                if (!TryAdd(line[start..(at + 1)], HoleKind.Text, start))
                {
                    return false;
                }

                start = end - 1;
            }
            else if (char.IsAsciiDigit((char)line[at]))
            {
                end = at + 1;
                while (end < line.Length && char.IsAsciiDigit((char)line[end]))
                {
                    end++;
                }

                if (end - at > TemplateTree.MaxDigits || (line[at] == '0' && end > at + 1) || !TryAdd(line[start..at], HoleKind.Digits, start))
                {
                    return false;
                }

                start = end;
            }
            else
            {
                end = at + 1;
            }
        }

        return TryAdd(line[start..], HoleKind.End, start);
    }

    /// <summary>The place of an offset in the last line.</summary>
    public int PlaceOf(int offset)
    {
        int part = starts.Count - 1;
        while (starts[part] > offset)
        {
            part--;
        }

        return LinePlaces.Place(part, offset - starts[part]);
    }

    private bool TryAdd(ReadOnlySpan<byte> text, HoleKind hole, int start)
    {
        if (text.Length > room || Parts.Count == MaxParts)
        {
            return false;
        }

        room -= text.Length;
        Parts.Add((Encoding.Latin1.GetString(text), hole));
        starts.Add(start);
        return true;
    }
}
