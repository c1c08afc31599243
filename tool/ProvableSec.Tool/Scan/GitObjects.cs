using System.Runtime.InteropServices;
using System.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Scan;

/// <summary>Scans what git has stored: the index of the next commit, or every object there is, once.</summary>
internal sealed class GitObjects(string folder, ScanSettings settings, ScanTally tally, Progress progress)
{
    // A repository that breaks so often is not worth starting git once more.
    private const int MostBreaks = 1000;

    private const string Submodule = "160000", Link = "120000";

    private readonly GitCommand git = new(folder);
    private readonly SafeName names = new(settings.Scanner);

    /// <summary>What the next commit would add or change. Null when this is not a repository that git can read.</summary>
    public List<LocatedFinding>? Staged()
    {
        // ":mode mode object object status NUL path NUL", gitdiff-index(1).
        if (git.Text(
            "diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv", "--ignore-submodules",
            "-O/dev/null", "--diff-filter=ACMT") is not { } listed)
        {
            return null;
        }

        // The same bytes may stand under several names, one of which may be that of an archive.
        var paths = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var found = new List<LocatedFinding>();
        string[] fields = listed.Split('\0');
        for (int i = 0; i + 1 < fields.Length; i += 2)
        {
            string[] entry = fields[i].Split(' ');
            names.Of(fields[i + 1], "file", found);
            if (entry.Length == 5 && entry[1] is not (Submodule or Link))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(paths, entry[3], out _) ??= []).Add(fields[i + 1]);
            }
        }

        return paths.Count == 0 || Read(paths.Keys, stream => Scan(stream, id => paths[id], found), "cat-file", "--batch") ? found : null;
    }

    /// <summary>Every blob once, and what commits and tags say. Null when this is not a repository that git can read.</summary>
    public List<LocatedFinding>? History()
    {
        if (git.Text("cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)") is not { } listed)
        {
            return null;
        }

        var found = new List<LocatedFinding>();
        ScanReferences(found);
        string[] ids = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int next = 0, read = 0;
        for (int breaks = 0; next < ids.Length && !Read(ids.Skip(next), stream => read = Scan(stream, id => [id], found), "cat-file", "--batch"); breaks++)
        {
            // It ends at an object whose content is broken; those behind it can be good.
            int unreadable = breaks < MostBreaks ? 1 : ids.Length - next - read;
            next += read + unreadable;
            for (; unreadable > 0; unreadable--)
            {
                tally.Add(ScannedKind.Unreadable, 0);
            }
        }

        NoteGaps();
        return found.Count == 0 ? found : Named(found);
    }

    /// <summary>Branches and tags by their names.</summary>
    private void ScanReferences(List<LocatedFinding> found)
    {
        foreach (string name in (git.Text("for-each-ref", "--format=%(refname)") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string kind = name.StartsWith("refs/tags/", StringComparison.Ordinal) ? "tag" : "branch";
            names.Of(name, kind, found);
        }
    }

    /// <summary>What a clone lacks, so that nobody takes a part of the history for all of it.</summary>
    private void NoteGaps()
    {
        if (git.Text("rev-parse", "--is-shallow-repository")?.Trim() == "true")
        {
            tally.Lack("the clone is shallow: commits are missing (git fetch --unshallow, or fetch-depth: 0)");
        }

        if (git.Text("config", "--get-regexp", "^remote\\..*\\.(promisor|partialclonefilter)$") is { Length: > 0 })
        {
            // Objects that were never fetched are listed, and not fetched now.
            long missing = 0;
            git.Run([], stream =>
            {
                using var reader = new StreamReader(stream);
                while (reader.ReadLine() is { } line)
                {
                    missing += line.StartsWith('?') ? 1 : 0;
                }
            }, "rev-list", "--objects", "--all", "--missing=print");
            if (missing > 0)
            {
                tally.Lack($"the clone is partial: {Quantity.Of(missing, "object is", "objects are")} missing (git fetch --refetch --no-filter)");
            }
        }

        if (tally.Unreadable > 0)
        {
            tally.Lack($"{tally.Unreadable} object{(tally.Unreadable == 1 ? "" : "s")} cannot be read (git fsck)");
        }
    }

    private bool Read(IEnumerable<string> input, Action<Stream> read, params string[] arguments) => git.Run(input, read, arguments);

    /// <summary>Object names say nothing to a person; any path under which an object was committed does.</summary>
    private List<LocatedFinding> Named(List<LocatedFinding> found)
    {
        var wanted = found.Select(finding => finding.Blob).OfType<string>().ToHashSet(StringComparer.Ordinal);
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
        }, "rev-list", "--objects", "--all", "--reflog", "--missing=allow-any");
        return [.. found.Select(finding => finding.Blob is { } blob && paths.TryGetValue(blob, out string? path)
            ? finding with { File = names.Of(path, "file", null) } : finding)];
    }

    /// <summary>Reads "object type size LF content LF", gitcat-file(1), to the end.</summary>
    /// <returns>How many objects were read whole, or said to be missing.</returns>
    private int Scan(Stream stream, Func<string, IReadOnlyList<string>> namesOf, List<LocatedFinding> found)
    {
        var scanner = new TextScanner(settings.Scanner, settings.Allowed);
        using var input = new BufferedStream(stream, 1 << 16);
        byte[] buffer = new byte[64 << 10];
        var seen = new HashSet<string>(StringComparer.Ordinal);
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

            bool wanted = parts[1] is "blob" or "commit" or "tag", isTree = parts[1] == "tree" && size <= settings.MaxBytes;
            string[] texts = parts[1] == "blob" ? [.. namesOf(parts[0]).Where(name => !TextScanner.IsArchive(name))] : [$"{parts[1]} {parts[0]}"];
            if (!isTree && (!wanted || size > settings.MaxBytes || texts.Length == 0))
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
            if (isTree)
            {
                ScanTree(buffer.AsSpan(0, (int)size), parts[0].Length / 2, seen, found);
                continue;
            }

            ScannedKind kind = ScannedKind.Text;
            foreach (string name in texts)
            {
                string shown = names.Of(name, "file", null);
                kind = scanner.Scan(buffer.AsSpan(0, (int)size), shown, shown, parts[0], found);
            }

            tally.Add(kind, size);
            progress.Add(1);
        }

        return read;
    }

    /// <summary>The names in a folder: "mode SP name NUL id", each once in a run.</summary>
    private void ScanTree(ReadOnlySpan<byte> tree, int idLength, HashSet<string> seen, List<LocatedFinding> found)
    {
        while (tree.IndexOf((byte)' ') is >= 0 and var space && tree[space..].IndexOf((byte)0) is > 0 and var length)
        {
            string name = Encoding.UTF8.GetString(tree.Slice(space + 1, length - 1));
            if (name.Length >= AccessKeyId.Length && seen.Add(name))
            {
                names.Of(name, "file", found);
            }

            tree = tree[Math.Min(tree.Length, space + length + 1 + idLength)..];
        }
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
