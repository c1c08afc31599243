using System.Collections.Concurrent;
using ProvableSec.Policy.Text;

namespace ProvableSec.Testing.Sources;

/// <summary>Files that tests name: beside the source of the test, in a folder above it, or beside the test's assembly.</summary>
internal static class TestFile
{
    private const int MaxBytes = 64 << 20;

    // What messages call a file, and where it is: for the links of test windows only.
    private static readonly ConcurrentDictionary<string, string> FullPaths = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">As the test writes it.</param>
    /// <param name="caller">The source file of the test.</param>
    /// <param name="shown">What messages call it; null for the path.</param>
    /// <exception cref="PolicySourceException">There is none, or it is not text.</exception>
    public static DocumentText Read(string path, string caller, string? shown = null)
    {
        shown ??= path;
        string file = Find(path, caller);
        byte[] bytes;
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                throw new PolicySourceException($"{shown} is larger than the limit of {MaxBytes >> 20} MB");
            }

            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PolicySourceException($"{shown} cannot be read: {e.Message}");
        }

        FullPaths[shown] = Path.GetFullPath(file);
        return DocumentText.TryDecode(bytes, shown, out PolicyProblem? problem) ?? throw new PolicySourceException(problem!.ToString());
    }

    /// <summary>Where a file is that messages call by a name; null for a text that is in no file.</summary>
    public static string? FullPathOf(string name) => FullPaths.TryGetValue(name, out string? path) ? path : null;

    /// <summary>Another file that a file names, relative to it.</summary>
    public static string Beside(string path, string caller, string other) => Path.Combine(Path.GetDirectoryName(Find(path, caller))!, other);

    private static string Find(string path, string caller)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new PolicySourceException("the path of a file is empty");
        }

        var looked = new List<string>();
        foreach (string start in Path.IsPathRooted(path) ? [""] : new[] { caller.Length > 0 ? Path.GetDirectoryName(caller) ?? "" : "",
            AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (DirectoryInfo? folder = start.Length == 0 && !Path.IsPathRooted(path) ? null
                : new DirectoryInfo(start.Length == 0 ? "/" : start); folder is not null; folder = folder.Parent)
            {
                string file = Path.Combine(folder.FullName, path);
                if (File.Exists(file))
                {
                    return file;
                }

                if (folder.FullName == new DirectoryInfo(start.Length == 0 ? "/" : start).FullName)
                {
                    looked.Add(folder.FullName);
                }

                // The top of a repository is where its files end.
                if (Directory.Exists(Path.Combine(folder.FullName, ".git")) || File.Exists(Path.Combine(folder.FullName, ".git")))
                {
                    break;
                }
            }
        }

        throw new PolicySourceException(Path.IsPathRooted(path) ? $"{path} does not exist"
            : $"{path} does not exist; looked in {string.Join(", ", looked.Distinct())} and the folders above{NearestTo(path, looked)}");
    }

    /// <summary>A file of nearly that name in one of the folders.</summary>
    private static string NearestTo(string path, IEnumerable<string> folders)
    {
        foreach (string folder in folders)
        {
            string place = Path.Combine(folder, Path.GetDirectoryName(path) ?? "");
            if (Directory.Exists(place) && Spelling.Nearest(Path.GetFileName(path),
                Directory.EnumerateFiles(place).Select(Path.GetFileName).OfType<string>()) is { } meant)
            {
                return $"; did you mean {Path.Combine(Path.GetDirectoryName(path) ?? "", meant)}?";
            }
        }

        return "";
    }
}
