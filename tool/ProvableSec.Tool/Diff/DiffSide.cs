namespace ProvableSec.Tool.Diff;

/// <summary>One side of a change.</summary>
internal sealed class DiffSide(string name, IReadOnlyDictionary<string, SideFile> files)
{
    /// <summary>What messages call it.</summary>
    public string Name => name;

    /// <summary>The files that may hold policies, by the path that both sides have in common.</summary>
    public IReadOnlyDictionary<string, SideFile> Files => files;
}

/// <summary>A file of a side.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Path">Where it is, or would be if the side were what is in the folder.</param>
/// <param name="Id">Equal for equal contents.</param>
/// <param name="Content">Its bytes; null when it cannot be read.</param>
internal sealed record SideFile(string Name, string Path, string Id, byte[]? Content);
