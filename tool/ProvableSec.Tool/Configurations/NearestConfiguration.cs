using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>A configuration that lies beside or above policies.</summary>
/// <param name="Folder">Its folder, as a full path; the paths in it count from there.</param>
/// <param name="Source">Its text.</param>
/// <param name="Json">The text as JSON.</param>
/// <param name="Scope">Which files it may name.</param>
internal sealed record NearestConfiguration(string Folder, DocumentText Source, JsonTree Json, InputScope Scope)
{
    /// <summary>The files of a path or pattern in it, as full paths. Empty for a pattern whose folder cannot be listed.</summary>
    public IReadOnlyList<string> FilesOf(string pattern)
    {
        try
        {
            return [.. (DocumentGlob.IsPattern(pattern) ? DocumentGlob.Find(Folder, pattern, Scope) : [pattern]).Select(file => Path.GetFullPath(Path.Combine(Folder, file)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
