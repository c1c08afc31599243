using System.Security.Cryptography;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Sharding;

/// <summary>Which part of which run a result is of.</summary>
/// <param name="Command">The command.</param>
/// <param name="Shard">The part.</param>
/// <param name="Work">A hash of all the work, with the contents of its files, the settings and the engine: the same for all parts of a run, and for no
/// other.</param>
internal sealed record ShardRecord(string Command, Shard Shard, string Work)
{
    /// <summary>The exit code of the part.</summary>
    public int ExitCode { get; init; }

    /// <summary>The part of a run.</summary>
    /// <param name="command">The command.</param>
    /// <param name="shard">The part.</param>
    /// <param name="settings">What the command line says.</param>
    /// <param name="work">All the work, each piece with its content.</param>
    public static ShardRecord Of(string command, Shard shard, IEnumerable<string> settings, IEnumerable<string> work) =>
        new(command, shard, new CacheKey(command).Add("settings", settings).Add("work", work).ToString());

    /// <summary>What stands for the content of a file in the work; empty where it cannot be read.</summary>
    public static string ContentOf(string path) =>
        InputFile.TryReadBytes(path, path, out PolicyProblem? _) is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : "";

    /// <summary>What stands for files that were read in the work, each with its place from a folder on: parts may run in checkouts at different
    /// places.</summary>
    /// <param name="seen">The files, and folders, which have no content.</param>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> ContentsOf(IEnumerable<string> seen, string folder)
    {
        string root = RealPath.Of(folder.Length == 0 ? "." : folder) ?? Path.GetFullPath(folder);
        return seen.Where(File.Exists).Order(StringComparer.Ordinal).Select(file => $"{Path.GetRelativePath(root, file).Replace('\\', '/')} {ContentOf(file)}");
    }

    /// <summary>Writes the members that every result of a part begins with.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("v", 1);
        json.WriteStartObject("shard");
        json.WriteString("command", Command);
        json.WriteNumber("index", Shard.Index);
        json.WriteNumber("count", Shard.Count);
        json.WriteString("work", Work);
        json.WriteNumber("exitCode", ExitCode);
        json.WriteEndObject();
    }

    /// <summary>Reads what was written; null for a result that is of no part.</summary>
    public static ShardRecord? Read(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("shard", out JsonElement json))
        {
            return null;
        }

        return new ShardRecord(json.Text("command"), new Shard(json.Number("index"), json.Number("count")),
            json.Text("work"))
        { ExitCode = json.Number("exitCode") };
    }
}
