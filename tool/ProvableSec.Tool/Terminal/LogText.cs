using System.Buffers;
using System.Text;

namespace ProvableSec.Tool.Terminal;

/// <summary>
/// Makes UTF-8 that goes to a log or a terminal mere data, piece by piece: characters that a terminal obeys or nobody sees are written as <c>\u202e</c>, and
/// what a CI
/// system takes for its commands is broken in the same way: <c>##[</c> and <c>##vso[</c> anywhere (GitHub, Azure Pipelines), <c>::</c> at the beginning of a
/// line
/// (GitHub), <c>section_start:</c> and <c>section_end:</c> (GitLab). In the strings of JSON, the one place there where these can be, the escapes say the same.
/// </summary>
/// <param name="colors">Whether the escape sequences of colors pass.</param>
internal sealed class LogText(bool colors)
{
    private static readonly byte[][] Commands = ["##["u8.ToArray(), "##vso["u8.ToArray(), "section_start:"u8.ToArray(), "section_end:"u8.ToArray()];
    private static readonly int Longest = Commands.Max(command => command.Length);

    // All control characters but tab, the beginnings of commands, and all that is not ASCII.
    private static readonly SearchValues<byte> Stops = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(b => (b < ' ' && b != '\t') || b is '#' or 's' or >= 0x7f).Select(b => (byte)b)]);

    // The end of what was given so far where more is needed to tell what it is.
    private readonly byte[] held = new byte[32];
    private int heldCount;
    private LinePart part;

    private enum LinePart
    {
        Start,
        Colon,
        Rest,
    }

    /// <summary>The next line is a command of the CI system, and meant to be.</summary>
    public void AllowCommand() => part = LinePart.Rest;

    /// <summary>Takes more text.</summary>
    public void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        if (heldCount > 0)
        {
            byte[] all = [.. held.AsSpan(0, heldCount), .. text];
            heldCount = 0;
            Run(all, to, isEnd: false);
        }
        else
        {
            Run(text, to, isEnd: false);
        }
    }

    /// <summary>What was held back; where it could become a command it is broken.</summary>
    public void Flush(IBufferWriter<byte> to)
    {
        byte[] rest = held[..heldCount];
        heldCount = 0;
        Run(rest, to, isEnd: true);
    }

    private void Run(ReadOnlySpan<byte> text, IBufferWriter<byte> to, bool isEnd)
    {
        while (!text.IsEmpty)
        {
            if (part == LinePart.Rest)
            {
                int plain = FirstStop(text);
                to.Write(text[..(plain < 0 ? text.Length : plain)]);
                if (plain < 0)
                {
                    return;
                }

                text = text[plain..];
            }

            OperationStatus status = Rune.DecodeFromUtf8(text, out Rune rune, out int length);
            if (status == OperationStatus.NeedMoreData && !isEnd)
            {
                Hold(text);
                return;
            }

            if (status != OperationStatus.Done)
            {
                to.Write("\uFFFD"u8);
                part = LinePart.Rest;
            }
            else if (rune.Value is '#' or 's' && CommandAt(text, isEnd, out bool mayBe) is var command && (command > 0 || mayBe))
            {
                if (mayBe && !isEnd)
                {
                    Hold(text);
                    return;
                }

                // The last character is the one that is broken, also of what may become a command.
                length = command > 0 ? command : text.Length;
                to.Write(text[..(length - 1)]);
                Escape(text[length - 1], to);
                part = LinePart.Rest;
            }
            else if (rune.Value == '\e' && colors && ColorAt(text) is > 0 and var sequence)
            {
                length = sequence;
                to.Write(text[..length]);
            }
            else if (rune.Value == '\n')
            {
                to.Write(text[..length]);
                part = LinePart.Start;
            }
            else if (rune.Value == ':' && part == LinePart.Colon)
            {
                Escape(':', to);
                part = LinePart.Rest;
            }
            else
            {
                if (Printable.IsShown(rune))
                {
                    to.Write(text[..length]);
                }
                else
                {
                    Escape(rune, to);
                }

                part = part switch
                {
                    LinePart.Start when rune.Value == ':' => LinePart.Colon,
                    LinePart.Start when Rune.IsWhiteSpace(rune) => LinePart.Start,
                    _ => LinePart.Rest,
                };
            }

            text = text[length..];
        }
    }

    /// <summary>The first character that has to be looked at; no command begins with an s that something else follows than in "section".</summary>
    private static int FirstStop(ReadOnlySpan<byte> text)
    {
        int from = 0;
        while (text[from..].IndexOfAny(Stops) is var next and >= 0)
        {
            from += next;
            if (text[from] != 's' || from + 1 == text.Length || text[from + 1] == 'e')
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    /// <summary>The length of a command that begins here.</summary>
    private static int CommandAt(ReadOnlySpan<byte> text, bool isEnd, out bool mayBe)
    {
        mayBe = false;
        foreach (byte[] command in Commands)
        {
            if (text.StartsWith(command))
            {
                return command.Length;
            }

            // What is flushed in the middle of such a word is most likely no command; of hashes it costs nothing to be sure.
            mayBe |= text.Length < command.Length && command.AsSpan().StartsWith(text)
                && (!isEnd || (text[0] == '#' && text.Length > 1) || text.Length > "section".Length);
        }

        return 0;
    }

    /// <summary>The length of <c>ESC [ … m</c>.</summary>
    private static int ColorAt(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[1] != '[')
        {
            return 0;
        }

        int end = 2 + text[2..].IndexOfAnyExcept("0123456789;"u8);
        return end >= 2 && text[end] == 'm' ? end + 1 : 0;
    }

    private static void Escape(Rune rune, IBufferWriter<byte> to)
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
        {
            Escape(unit, to);
        }
    }

    private static void Escape(int unit, IBufferWriter<byte> to) => to.Write(Encoding.ASCII.GetBytes($"\\u{unit:x4}"));

    private void Hold(ReadOnlySpan<byte> text)
    {
        text.CopyTo(held);
        heldCount = text.Length;
        System.Diagnostics.Debug.Assert(heldCount < Math.Max(Longest, 4), "Only a part of a command or a character is held back.");
    }
}
