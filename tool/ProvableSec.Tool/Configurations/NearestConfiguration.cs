using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>A configuration that lies beside or above policies.</summary>
/// <param name="Folder">Its folder, as a full path; the paths in it count from there.</param>
/// <param name="Source">Its text.</param>
/// <param name="Json">What it says, its variables filled in.</param>
/// <param name="Files">It and what it extends, which comes first.</param>
/// <param name="Scope">Which files it may name.</param>
internal sealed record NearestConfiguration(string Folder, DocumentText Source, JsonTree Json, IReadOnlyList<ConfigurationFile> Files, InputScope Scope)
{
    /// <summary>The files of a path or pattern in it, as full paths. Empty for a pattern whose folder cannot be listed.</summary>
    public IReadOnlyList<string> FilesOf(string pattern) => FilesOf(Folder, pattern);

    /// <summary>The files of a path or pattern that counts from a folder, as full paths.</summary>
    public IReadOnlyList<string> FilesOf(string folder, string pattern)
    {
        try
        {
            return [.. (DocumentGlob.IsPattern(pattern) ? DocumentGlob.Find(folder, pattern, Scope) : [pattern]).Select(file =>
                Path.GetFullPath(Path.Combine(folder, file)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
