namespace ProvableSec.Bench;

/// <summary>The data beside the repository, which a clone does not have; see its README for what it is and under which licences.</summary>
internal sealed class SharedFolder(string root)
{
    public static SharedFolder BesideRepository { get; } = new(Repository.Path("../shared"));

    /// <summary>The path of a file; null when it is not there.</summary>
    public string? Find(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(root, relative));
        return File.Exists(path) ? path : null;
    }
}
