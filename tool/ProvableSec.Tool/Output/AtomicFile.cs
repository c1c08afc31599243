using System.IO.Compression;
using ProvableSec.Tool.Trimming;

namespace ProvableSec.Tool.Output;

/// <summary>A file that is there as a whole or not at all: written beside its place and moved into it at the end.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private bool done;

    /// <summary>Begins to write, compressed if the name says so. Makes the folder.</summary>
    public AtomicFile(string path)
    {
        this.path = path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        Stream = TrimInput.IsCompressed(path) ? new GZipStream(file, CompressionLevel.Optimal) : file;
    }

    public Stream Stream { get; }

    /// <summary>Puts the file in its place.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(temporary, path, overwrite: true);
        done = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!done)
        {
            File.Delete(temporary);
        }
    }
}
