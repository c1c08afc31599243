namespace ProvableSec.Tool.Output;

/// <summary>
/// A file that is there as a whole or not at all: written beside its place and moved into it at the end, with the permissions of the one before. A link stays,
/// and the file that it leads to is written; a FIFO or a device is written to.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string? temporary;
    private bool done;

    /// <summary>Begins to write. Makes the folder.</summary>
    /// <param name="path">Where.</param>
    /// <param name="isPrivate">Whether a file that was not there is for its owner only.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public AtomicFile(string path, bool isPrivate = false)
    {
        this.path = Path.GetFullPath(FileIdentity.Resolved(path));
        if (FileIdentity.Of(this.path).Kind is FileKind.Pipe or FileKind.Device)
        {
            Stream = new FileStream(this.path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return;
        }

        string folder = Path.GetDirectoryName(this.path)!;
        Directory.CreateDirectory(folder);
        temporary = Path.Combine(folder, $".{Path.GetFileName(this.path)}.{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && File.Exists(this.path))
        {
            options.UnixCreateMode = File.GetUnixFileMode(this.path) | UnixFileMode.UserWrite;
        }
        else if (!OperatingSystem.IsWindows() && isPrivate)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        Stream = new FileStream(temporary, options);
    }

    public Stream Stream { get; }

    /// <summary>Puts the file in its place.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (temporary is not null)
        {
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                // The file creation mask may have taken some away.
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
        }

        done = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!done && temporary is not null)
        {
            File.Delete(temporary);
        }
    }
}
