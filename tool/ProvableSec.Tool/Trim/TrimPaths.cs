using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Trim;

/// <summary>Which file is read and which is written: none may be both, and none may be written twice, or records would be lost.</summary>
internal sealed class TrimPaths
{
    private readonly Dictionary<string, (string Name, bool IsWritten)> known = new(StringComparer.Ordinal);

    /// <summary>Adds a file that is read.</summary>
    /// <param name="identity">What it is; null when that cannot be told.</param>
    /// <param name="name">What to call it.</param>
    public void AddRead(FileIdentity? identity, string name)
    {
        if (identity is { Kind: FileKind.File } file)
        {
            known.TryAdd(file.Key, (name, false));
        }
    }

    /// <summary>Adds a file that is written.</summary>
    /// <param name="identity">What it is; null when that cannot be told.</param>
    /// <param name="name">What to call it.</param>
    /// <returns>Why it must not be; null when it may.</returns>
    public string? AddWritten(FileIdentity? identity, string name)
    {
        // What goes to a device goes away, or a person reads it.
        if (identity is not { Kind: not FileKind.Device } file || known.TryAdd(file.Key, (name, true)))
        {
            return null;
        }

        (string other, bool isWritten) = known[file.Key];
        return isWritten ? $"{name} and {other} are the same file: each needs its own" : $"{name} is the same file as {other}, which would be overwritten";
    }
}
