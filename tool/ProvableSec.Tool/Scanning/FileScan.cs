using System.Collections.Concurrent;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Scanning;

/// <summary>Scans files on several threads.</summary>
internal sealed class FileScan(ScanSettings settings, ScanTally tally, Progress progress)
{
    /// <summary>Scans the files below the paths; they exist.</summary>
    public List<LocatedFinding> Run(IReadOnlyList<string> paths)
    {
        var all = new List<LocatedFinding>();
        var tree = new FileTree(settings.IgnoreFiles, tally);
        using var files = new BlockingCollection<FileTree.Entry>(boundedCapacity: 4096);
        Task[] workers = [.. Enumerable.Range(0, settings.Jobs).Select(_ => Task.Factory.StartNew(
            () =>
            {
                List<LocatedFinding> found = Work(files.GetConsumingEnumerable());
                lock (all)
                {
                    all.AddRange(found);
                }
            },
            TaskCreationOptions.LongRunning))];
        try
        {
            foreach (FileTree.Entry file in paths.SelectMany(tree.Files))
            {
                files.Add(file);
                progress.Add(1);
            }
        }
        finally
        {
            files.CompleteAdding();
            Task.WaitAll(workers);
        }

        return all;
    }

    private List<LocatedFinding> Work(IEnumerable<FileTree.Entry> files)
    {
        var found = new List<LocatedFinding>();
        var scanner = new TextScanner(settings.Scanner, settings.Allowed);
        byte[] buffer = new byte[64 << 10];
        foreach (FileTree.Entry file in files)
        {
            long size = 0;
            ScannedKind kind = TextScanner.IsArchive(file.Name) ? ScannedKind.Archive : Read(file.FullPath, ref buffer, out size);
            if (kind == ScannedKind.Text)
            {
                kind = scanner.Scan(buffer.AsSpan(0, (int)size), file.Name, file.Path, null, found);
            }

            tally.Add(kind, size);
        }

        return found;
    }

    private ScannedKind Read(string path, ref byte[] buffer, out long size)
    {
        size = 0;
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(handle);
            if (length > settings.MaxBytes)
            {
                return ScannedKind.TooLarge;
            }

            if (length > buffer.Length)
            {
                buffer = new byte[length];
            }

            int read;
            while (size < buffer.Length && (read = RandomAccess.Read(handle, buffer.AsSpan((int)size), size)) > 0)
            {
                size += read;
            }

            return ScannedKind.Text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ScannedKind.Unreadable;
        }
    }
}
