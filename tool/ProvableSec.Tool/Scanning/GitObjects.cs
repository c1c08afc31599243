using System.Text;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Scanning;

/// <summary>Scans what git has stored: the index of the next commit, or every object there is, once.</summary>
internal sealed class GitObjects(string folder, ScanSettings settings, ScanTally tally, Progress progress)
{
    // A repository that breaks so often is not worth starting git once more.
    private const int MostBreaks = 1000;

    private const string Submodule = "160000", Link = "120000";

    private readonly GitCommand git = new(folder);

    /// <summary>What the next commit would add or change. Null when this is no repository that git can read.</summary>
    public List<LocatedFinding>? Staged()
    {
        // ":mode mode object object status NUL path NUL", gitdiff-index(1).
        if (git.Text(
            "diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "-O/dev/null", "--diff-filter=ACMT") is not { } listed)
        {
            return null;
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] fields = listed.Split('\0');
        for (int i = 0; i + 1 < fields.Length; i += 2)
        {
            string[] entry = fields[i].Split(' ');
            if (entry.Length == 5 && entry[1] is not (Submodule or Link))
            {
                names.TryAdd(entry[3], fields[i + 1]);
            }
        }

        var found = new List<LocatedFinding>();
        return names.Count == 0 || Read(names.Keys, stream => Scan(stream, id => names[id], found), "cat-file", "--batch") ? found : null;
    }

    /// <summary>Every blob once, and what commits and tags say. Null when this is no repository that git can read.</summary>
    public List<LocatedFinding>? History()
    {
        if (git.Text("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)") is not { } listed)
        {
            return null;
        }

        var found = new List<LocatedFinding>();
        string[] ids = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int next = 0, read = 0;
        for (int breaks = 0; next < ids.Length && !Read(ids.Skip(next), stream => read = Scan(stream, id => id, found), "cat-file", "--batch"); breaks++)
        {
            // It ends at an object whose content is broken; those behind it can be good.
            int unreadable = breaks < MostBreaks ? 1 : ids.Length - next - read;
            next += read + unreadable;
            for (; unreadable > 0; unreadable--)
            {
                tally.Add(ScannedKind.Unreadable, 0);
            }
        }

        return found.Count == 0 ? found : Named(found);
    }

    private bool Read(IEnumerable<string> input, Action<Stream> read, params string[] arguments) => git.Run(input, read, arguments);

    /// <summary>Object names say nothing to a person; any path under which an object was committed does.</summary>
    private List<LocatedFinding> Named(List<LocatedFinding> found)
    {
        var wanted = found.Select(finding => finding.Blob!).ToHashSet(StringComparer.Ordinal);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        git.Run([], stream =>
        {
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                int space = line.IndexOf(' ', StringComparison.Ordinal);
                if (space > 0 && space + 1 < line.Length && wanted.Contains(line[..space]))
                {
                    paths.TryAdd(line[..space], line[(space + 1)..]);
                }
            }
        }, "rev-list", "--objects", "--all", "--reflog");
        return [.. found.Select(finding => paths.TryGetValue(finding.Blob!, out string? path) ? finding with { File = path } : finding)];
    }

    /// <summary>Reads "object type size LF content LF", gitcat-file(1), to the end.</summary>
    /// <returns>How many objects were read whole, or said to be missing.</returns>
    private int Scan(Stream stream, Func<string, string> nameOf, List<LocatedFinding> found)
    {
        var scanner = new TextScanner(settings.Scanner, settings.Allowed);
        using var input = new BufferedStream(stream, 1 << 16);
        byte[] buffer = new byte[64 << 10];
        int read = 0;
        for (; ReadHeader(input) is { } header; read++)
        {
            string[] parts = header.Split(' ');
            if (parts.Length != 3 || !long.TryParse(parts[2], out long size))
            {
                // "object missing".
                tally.Add(ScannedKind.Unreadable, 0);
                continue;
            }

            bool wanted = parts[1] is "blob" or "commit" or "tag";
            string name = parts[1] == "blob" ? nameOf(parts[0]) : $"{parts[1]} {parts[0]}";
            if (!wanted || size > settings.MaxBytes || TextScanner.IsArchive(name))
            {
                if (!HasSkipped(input, size + 1, buffer))
                {
                    break;
                }

                if (wanted)
                {
                    tally.Add(size > settings.MaxBytes ? ScannedKind.TooLarge : ScannedKind.Archive, 0);
                }

                continue;
            }

            if (size > buffer.Length)
            {
                buffer = new byte[size];
            }

            if (input.ReadAtLeast(buffer.AsSpan(0, (int)size), (int)size, throwOnEndOfStream: false) < size)
            {
                break;
            }

            input.ReadByte();
            ScannedKind kind = scanner.Scan(buffer.AsSpan(0, (int)size), name, name, parts[0], found);
            tally.Add(kind, size);
            progress.Add(1);
        }

        return read;
    }

    private static string? ReadHeader(Stream input)
    {
        var line = new StringBuilder();
        int value;
        while ((value = input.ReadByte()) >= 0)
        {
            if (value == '\n')
            {
                return line.ToString();
            }

            line.Append((char)value);
        }

        return null;
    }

    private static bool HasSkipped(Stream input, long count, byte[] buffer)
    {
        while (count > 0 && input.Read(buffer, 0, (int)Math.Min(count, buffer.Length)) is > 0 and var read)
        {
            count -= read;
        }

        return count == 0;
    }
}
