using System.Reflection;

namespace ProvableSec.Bench;

/// <summary>The data beside the repository, which a clone does not have; see its README for what it is and under which licences.</summary>
internal sealed class SharedFolder(string root)
{
    private static readonly string Repository = typeof(SharedFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static SharedFolder BesideRepository { get; } = new(Path.Combine(Repository, "..", "shared"));

    /// <summary>The path of a file in the repository.</summary>
    public static string InRepository(string relative) => Path.GetFullPath(Path.Combine(Repository, relative));

    /// <summary>The path of a file; null when it is not there.</summary>
    public string? Find(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(root, relative));
        return File.Exists(path) ? path : null;
    }
}
