using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Checking;

/// <summary>Checks files, and takes what is found in those that have not changed from the cache. Waivers and baselines come later, and are no part of
/// that.</summary>
/// <param name="cache">The cache; null for none.</param>
internal sealed class CachedFiles(VerdictCache? cache)
{
    /// <summary>Reads and checks a file, as <see cref="CheckedFile.Read"/> does.</summary>
    public CheckedFile Read(string path, string name, bool isNamed, InputScope? scope, CheckSettings settings) =>
        InputFile.TryRead(path, name, out PolicyProblem? problem, scope) is { } source ? Of(source, isNamed, settings) : new CheckedFile(null, [], [], problem);

    /// <summary>Checks a text.</summary>
    public CheckedFile Of(DocumentText source, bool isNamed, CheckSettings settings)
    {
        if (cache is null)
        {
            return CheckedFile.Of(source, isNamed, settings);
        }

        string key = CheckKey.Of(source, isNamed, settings);
        if (cache.Find(key, bytes => Read(bytes, source, settings)) is { } known)
        {
            return known;
        }

        var file = CheckedFile.Of(source, isNamed, settings);
        // What holds no policy is as soon read again.
        if (file is { Problem: null } and ({ IsDocument: true } or { IsManifest: true } or { IsCredentialReport: true }))
        {
            cache.Keep(key, JsonRecord.Of(json => CheckedFileRecord.Write(json, file)));
        }

        return file;
    }

    private static CheckedFile Read(byte[] bytes, DocumentText source, CheckSettings settings)
    {
        using var json = JsonDocument.Parse(bytes);
        return CheckedFileRecord.Read(json.RootElement, source, settings);
    }
}
