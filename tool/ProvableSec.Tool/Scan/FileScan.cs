using Microsoft.Win32.SafeHandles;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Scan;

/// <summary>Scans files on several threads.</summary>
internal sealed class FileScan(ScanSettings settings, ScanTally tally, Progress progress, Stream standardInput)
{
    /// <summary>Scans the files below the paths; they exist, or are <c>-</c> for standard input.</summary>
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
            () => new Worker(settings, standardInput),
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
                    all.AddRange(worker.InNames);
                }
            });
        // A folder's name is a part of many.
        var named = new HashSet<string>(StringComparer.Ordinal);
        all.RemoveAll(located => located.IsInName && !named.Add(located.Finding.Fingerprint));
        return all;
    }

    /// <summary>What one thread has to itself.</summary>
    private sealed class Worker(ScanSettings settings, Stream standardInput)
    {
        private readonly TextScanner scanner = new(settings.Scanner, settings.Allowed);
        private readonly SafeName names = new(settings.Scanner);
        private byte[] buffer = new byte[64 << 10];

        public List<LocatedFinding> Found { get; } = [];

        public List<LocatedFinding> InNames { get; } = [];

        public void Scan(FileTree.Entry file, ScanTally tally)
        {
            string name = names.Of(file.Name, "file", InNames);
            long size = 0;
            string why = "is an archive, and those are not looked into; unpack it and scan what is in it";
            ScannedKind kind = TextScanner.IsArchive(file.Name) ? ScannedKind.Archive : Read(file, out size, out why);
            if (kind == ScannedKind.Text)
            {
                ReadOnlySpan<byte> text = buffer.AsSpan(0, (int)size);
                // The place goes into hashes, from which what a name is called after could be guessed.
                string place = file.Path == file.Name ? name : names.Of(file.Path, "file", null);
                kind = scanner.Scan(settings.IsCommitMessage ? text[..CommitMessage.KeptLength(text)] : text, name, place, null, Found,
                    isAnyText: file.IsNamed);
            }

            if (file.IsNamed && kind != ScannedKind.Text)
            {
                tally.Refuse($"{(name == InputFile.StandardInputName ? "standard input" : name)} {why}");
            }

            tally.Add(kind, size);
        }

        private ScannedKind Read(FileTree.Entry file, out long size, out string why)
        {
            size = 0;
            why = $"is larger than the limit of {settings.MaxBytes >> 20} MB (--max-size)";
            try
            {
                if (file.FullPath == InputFile.StandardInputName)
                {
                    return ReadStream(standardInput, ref size);
                }

                using Stream stream = InputFile.Open(file.FullPath, out SafeFileHandle handle);
                return stream.CanSeek ? ReadFile(handle, file.IsNamed, ref size) : ReadStream(stream, ref size);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                why = "cannot be read: " + (e is UnauthorizedAccessException ? "permission denied" : e.Message);
                return ScannedKind.Unreadable;
            }
        }

        private ScannedKind ReadFile(SafeFileHandle handle, bool isNamed, ref long size)
        {
            long length = RandomAccess.GetLength(handle);
            if (length > settings.MaxBytes)
            {
                return ScannedKind.TooLarge;
            }

            // What its beginning shows to be no text is not read to the end. Files that the system makes up have no length, but text.
            size = RandomAccess.Read(handle, buffer, 0);
            if (!isNamed && TextScanner.IsBinary(buffer.AsSpan(0, (int)size)))
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

        /// <summary>Standard input, a pipe, a process substitution: they end where they end.</summary>
        private ScannedKind ReadStream(Stream stream, ref long size)
        {
            int read;
            while ((read = stream.Read(buffer, (int)size, buffer.Length - (int)size)) > 0)
            {
                size += read;
                if (size > settings.MaxBytes)
                {
                    return ScannedKind.TooLarge;
                }

                if (size == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, settings.MaxBytes + 1));
                }
            }

            return ScannedKind.Text;
        }
    }
}
