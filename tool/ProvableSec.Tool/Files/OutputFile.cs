using System.Text;

namespace ProvableSec.Tool.Files;

/// <summary>
/// A file that a command writes: there as a whole or not at all, with the mode of the one before. A link stays one, a pipe or device is written to. A link that
/// a
/// repository holds takes nothing out of it: whoever made the link could choose what is overwritten.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream stream;
    private readonly string place;
    private readonly string? temporary;
    private bool done;

    /// <summary>Begins to write, and makes the folders that the file lies in.</summary>
    /// <param name="path">Where.</param>
    /// <param name="isPrivate">Whether a file that was not there is for its owner only.</param>
    /// <param name="isExecutable">Whether it is a program.</param>
    /// <exception cref="IOException">It cannot be written, or a link leads out of the repository.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public OutputFile(string path, bool isPrivate = false, bool isExecutable = false)
    {
        string full = Path.GetFullPath(path);
        place = PlaceOf(full);
        if (IsWrittenTo(full))
        {
            stream = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return;
        }

        string folder = Path.GetDirectoryName(place)!;
        Directory.CreateDirectory(folder);
        temporary = Path.Combine(folder, $".{Path.GetFileName(place)}.{Guid.NewGuid():N}.tmp");
        // Never open to more than the file before, not even for a moment.
        stream = Create(temporary, FileAccess.Write, isPrivate || File.Exists(place));
        if (!OperatingSystem.IsWindows() && (isExecutable || File.Exists(place)))
        {
            UnixFileMode mode = File.Exists(place) ? File.GetUnixFileMode(place) : File.GetUnixFileMode(stream.SafeFileHandle);
            File.SetUnixFileMode(stream.SafeFileHandle, isExecutable ? mode | Execute : mode);
        }
    }

    /// <summary>Receives the content. Nothing is buffered.</summary>
    public Stream Stream => stream;

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">It cannot be put there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be put there.</exception>
    public void Commit()
    {
        stream.Dispose();
        if (temporary is not null)
        {
            File.Move(temporary, place, overwrite: true);
        }

        done = true;
    }

    public void Dispose()
    {
        stream.Dispose();
        if (!done && temporary is not null)
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="text">What, as UTF-8.</param>
    /// <param name="isExecutable">Whether it is a program.</param>
    /// <exception cref="IOException">It cannot be written, or a link leads out of the repository.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text, bool isExecutable = false)
    {
        using var file = new OutputFile(path, isExecutable: isExecutable);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Commit();
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written, or a link leads out of the repository.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new OutputFile(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Writes a file among the temporary ones that nobody else may read.</summary>
    /// <param name="name">The beginning of its name.</param>
    /// <param name="extension">The end of its name.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static string WriteTemporary(string name, string extension, string text)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}{extension}");
        using FileStream stream = Create(path, FileAccess.Write, isPrivate: true);
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>A file to write and read again that nobody else may read, and that goes with its stream: what is not yet redacted may be in it.</summary>
    /// <param name="folder">Where.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static Stream Spill(string folder) =>
        Create(Path.Combine(folder, $".provablesec.{Guid.NewGuid():N}.tmp"), FileAccess.ReadWrite, isPrivate: true, FileOptions.DeleteOnClose);

    private static FileStream Create(string path, FileAccess access, bool isPrivate, FileOptions kind = FileOptions.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = access, Share = FileShare.None, BufferSize = 0, Options = kind };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Whether what is there is written to and not replaced: a pipe, a device, or the empty file that standard output goes to. Opening a folder says what is
    /// wrong with it.
    /// </summary>
    private static bool IsWrittenTo(string full)
    {
        var identity = FileIdentity.Of(full);
        return identity.Kind is FileKind.Pipe or FileKind.Device or FileKind.Folder
            // Where the system is not asked what kind a file is, a pipe looks like an empty file.
            || (identity.Kind == FileKind.File && (!OperatingSystem.IsLinux() || identity == FileIdentity.OfStandardOutput()) && InputScope.IsEmpty(full));
    }

    /// <summary>Where a path leads.</summary>
    /// <exception cref="IOException">It leads where it must not.</exception>
    private static string PlaceOf(string full)
    {
        string place = RealPath.Of(full) ?? throw new IOException("links lead in a circle");
        if (FileTree.RepositoryRoot(Path.GetDirectoryName(full) ?? full) is not { } root)
        {
            return place;
        }

        string top = RealPath.Of(root) ?? root;
        if (!RealPath.IsInside(place, top))
        {
            throw new IOException($"a link leads out of the repository {root}");
        }

        return RealPath.IsInGitFolder(place[top.Length..]) && !RealPath.IsInGitFolder(full[root.Length..])
            ? throw new IOException($"a link leads into the .git of {root}") : place;
    }
}
