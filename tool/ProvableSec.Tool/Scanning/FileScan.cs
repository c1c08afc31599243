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
        Parallel.ForEach(
            // One thread at a time gets files out of it.
            paths.SelectMany(tree.Files).Select(file =>
            {
                progress.Add(1);
                return file;
            }),
            new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs },
            () => new Worker(settings),
            (file, _, worker) =>
            {
                worker.Scan(file, tally);
                return worker;
            },
            worker =>
            {
                lock (all)
                {
                    all.AddRange(worker.Found);
                }
            });
        return all;
    }

    /// <summary>What one thread has to itself.</summary>
    private sealed class Worker(ScanSettings settings)
    {
        private readonly TextScanner scanner = new(settings.Scanner, settings.Allowed);
        private byte[] buffer = new byte[64 << 10];

        public List<LocatedFinding> Found { get; } = [];

        public void Scan(FileTree.Entry file, ScanTally tally)
        {
            long size = 0;
            ScannedKind kind = TextScanner.IsArchive(file.Name) ? ScannedKind.Archive : Read(file.FullPath, out size);
            if (kind == ScannedKind.Text)
            {
                kind = scanner.Scan(buffer.AsSpan(0, (int)size), file.Name, file.Path, null, Found);
            }

            tally.Add(kind, size);
        }

        private ScannedKind Read(string path, out long size)
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

                // What its beginning shows to be no text is not read to the end. Files that the system makes up have no length, but text.
                size = RandomAccess.Read(handle, buffer, 0);
                if (TextScanner.IsBinary(buffer.AsSpan(0, (int)size)))
                {
                    return ScannedKind.Binary;
                }

                if (length > buffer.Length)
                {
                    Array.Resize(ref buffer, (int)length);
                }

                int read;
                while (size < (length == 0 ? buffer.Length : length) && (read = RandomAccess.Read(handle, buffer.AsSpan((int)size), size)) > 0)
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
}
