using System.Text;
using ProvableSec.Tool.Input;
using ProvableSec.Tool.Scanning;

namespace ProvableSec.Tool.Output;

/// <summary>
/// Writes the files that a command writes beside its report. A file is there as a whole or not at all and keeps its mode, a link stays one, a pipe or device is written
/// to. A link that a repository holds takes nothing out of it: whoever made the link could choose what is overwritten.
/// </summary>
internal static class OutputFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, and the folders that it lies in.</summary>
    /// <param name="path">Where.</param>
    /// <param name="text">What, as UTF-8.</param>
    /// <exception cref="IOException">It cannot be written, or a link leads out of the repository.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file, and the folders that it lies in.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written, or a link leads out of the repository.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string place = PlaceOf(full);
        if (Path.Exists(full) && !(new FileInfo(place) is { Exists: true, Length: > 0 }))
        {
            // A pipe, a device, an empty file: nothing is there that could be lost, and the first two must not be replaced.
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(stream);
            return;
        }

        string folder = Path.GetDirectoryName(place)!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(place)}.{Guid.NewGuid():N}.tmp");
        try
        {
            bool isNew = !File.Exists(place);
            using (FileStream stream = Create(temporary, isPrivate: !isNew))
            {
                if (!OperatingSystem.IsWindows() && !isNew)
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(place));
                }

                write(stream);
            }

            File.Move(temporary, place, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
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
        using FileStream stream = Create(path, isPrivate: true);
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private static FileStream Create(string path, bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
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

        return RealPath.IsInGitFolder(place[top.Length..]) && !RealPath.IsInGitFolder(full[root.Length..]) ? throw new IOException($"a link leads into the .git of {root}") : place;
    }
}
