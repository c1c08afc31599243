using ProvableSec.Logs.Compressed;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Trim;

/// <summary>The logs in folders.</summary>
internal sealed class TrimFolder
{
    private const int SniffedBytes = 1 << 16;

    private static readonly string[] LogExtensions = [".gz", ".zst", ".log", ".json", ".jsonl", ".ndjson", ".txt"];
    private static readonly byte[][] MembersOfLogs = ["\"webaclId\""u8.ToArray(), "\"terminatingRuleId\""u8.ToArray(), "\"httpRequest\""u8.ToArray(),
        "\"logEvents\""u8.ToArray()];

    private readonly IReadOnlyList<byte[]> members;
    private readonly IReadOnlyList<string> extensions;

    private readonly HashSet<string> entered = new(StringComparer.Ordinal);
    private readonly List<TrimInput> inputs = [];
    private readonly List<string> problems = [];
    private int skipped;

    private TrimFolder(IReadOnlyList<byte[]> members, IReadOnlyList<string> extensions)
    {
        this.members = members;
        this.extensions = extensions;
    }

    /// <summary>The files that some arguments name: themselves, and the logs in folders, in the order of their names.</summary>
    /// <param name="arguments">Paths, or <c>-</c>.</param>
    /// <param name="skipped">Receives how many files in folders do not look like logs.</param>
    /// <param name="problems">Receives what could not be looked at.</param>
    public static IReadOnlyList<TrimInput> Expand(IEnumerable<string> arguments, out int skipped, out IReadOnlyList<string> problems) =>
        Expand(arguments, MembersOfLogs, LogExtensions, out skipped, out problems);

    /// <summary>As <see cref="Expand(IEnumerable{string}, out int, out IReadOnlyList{string})"/>, of other records.</summary>
    /// <param name="arguments">Paths, or <c>-</c>.</param>
    /// <param name="members">Names of which one is in every record, in quotation marks.</param>
    /// <param name="extensions">How files are called that are not looked into; those of logs when null.</param>
    /// <param name="skipped">Receives how many files in folders do not look like such records.</param>
    /// <param name="problems">Receives what could not be looked at.</param>
    public static IReadOnlyList<TrimInput> Expand(
        IEnumerable<string> arguments, IReadOnlyList<byte[]> members, IReadOnlyList<string>? extensions, out int skipped, out IReadOnlyList<string> problems)
    {
        var found = new TrimFolder(members, extensions ?? LogExtensions);
        foreach (string argument in arguments)
        {
            if (argument != InputFile.StandardInputName && Directory.Exists(argument))
            {
                found.entered.Clear();
                found.Enter(argument, "");
            }
            else
            {
                found.inputs.Add(new TrimInput(argument, argument == InputFile.StandardInputName ? "stdin.ndjson" : Path.GetFileName(argument)));
            }
        }

        (skipped, problems) = (found.skipped, found.problems);
        return found.inputs;
    }

    private void Enter(string folder, string relative)
    {
        // A link may lead in a circle.
        if (!entered.Add(FileIdentity.Of(folder).Key))
        {
            return;
        }

        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{folder} cannot be read: {e.Message}");
            return;
        }

        foreach (string entry in entries.Order(StringComparer.Ordinal))
        {
            string name = Path.Combine(relative, Path.GetFileName(entry));
            if (Directory.Exists(entry))
            {
                Enter(entry, name);
            }
            else if (IsLog(entry))
            {
                inputs.Add(new TrimInput(entry, name));
            }
            else
            {
                skipped++;
            }
        }
    }

    /// <summary>Whether a file is called a log, or, as the objects of Firehose have names of all kinds, begins with records.</summary>
    private bool IsLog(string file)
    {
        if (FileIdentity.Of(file).Kind != FileKind.File)
        {
            return false;
        }

        return extensions.Contains(Path.GetExtension(file).ToLowerInvariant()) || (Path.GetFileName(file)[0] != '.' && BeginsWithRecords(file));
    }

    private bool BeginsWithRecords(string file)
    {
        byte[] head = new byte[SniffedBytes];
        int length = 0;
        try
        {
            using Stream opened = InputFile.Open(file, out _);
            int first = opened.ReadAtLeast(head.AsSpan(0, FileSignature.Length), FileSignature.Length, throwOnEndOfStream: false);
            opened.Position = 0;
            using Stream content = LogFormat.Decompressed(opened, LogFormat.CompressionOf(head.AsSpan(0, first)));
            int read;
            while (length < head.Length && (read = content.Read(head, length, head.Length - length)) > 0)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // What could be read of it tells.
        }
        catch (UnauthorizedAccessException)
        {
            // Perhaps a log: reading it says what is wrong.
            return true;
        }

        ReadOnlySpan<byte> text = head.AsSpan(0, length);
        text = (text.StartsWith("\uFEFF"u8) ? text[3..] : text).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        foreach (byte[] member in members)
        {
            if (text.IndexOf(member) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
