using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Merge;

/// <summary>One run of <c>merge</c>: what is missing, doubled or of another run is an error, and then nothing is reported.</summary>
internal sealed class MergeRun(CommandConsole console, IReadOnlyList<IResultMerger> mergers, IReadOnlyList<string> files, RequestedOutputs requested)
{
    private int code = ExitCodes.Success;

    public int Run()
    {
        var parts = new List<(string File, ShardRecord Record, JsonDocument Json)>();
        try
        {
            foreach (string file in files)
            {
                if (Read(file) is { } part)
                {
                    parts.Add(part);
                }
            }

            return code != ExitCodes.Success || !AreWhole(parts) ? code : Merged(parts);
        }
        finally
        {
            parts.ForEach(part => part.Json.Dispose());
        }
    }

    private (string File, ShardRecord Record, JsonDocument Json)? Read(string file)
    {
        if (InputFile.TryReadBytes(file, file, out PolicyProblem? problem) is not { } bytes)
        {
            Refuse(problem!.Message);
            return null;
        }

        JsonDocument? json = null;
        try
        {
            json = JsonDocument.Parse(bytes);
            if (ShardRecord.Read(json.RootElement) is { } record)
            {
                return (file, record, json);
            }

            Refuse($"{file} is not the result of a shard; merge takes what check, verify and diff write with --shard I/N --format json (or --output json={file})");
        }
        catch (JsonException)
        {
            Refuse($"{file} is not JSON; merge takes what check, verify and diff write with --shard I/N --format json");
        }
        catch (Exception e) when (IsMalformed(e))
        {
            Refuse($"{file} is not a result of this version of provablesec");
        }

        json?.Dispose();
        return null;
    }

    /// <summary>Whether the parts are one run, each there once. A part that is missing could hide what it found.</summary>
    private bool AreWhole(List<(string File, ShardRecord Record, JsonDocument Json)> parts)
    {
        (string File, ShardRecord Record, JsonDocument Json) first = parts[0];
        foreach ((string file, ShardRecord record, _) in parts)
        {
            if (record.Command != first.Record.Command || record.Shard.Count != first.Record.Shard.Count || record.Work != first.Record.Work)
            {
                Refuse($"{file} (shard {record.Shard} of {record.Command}) and {first.File} (shard {first.Record.Shard} of {first.Record.Command}) are not of one run: "
                    + "the command, its options, the files and the version of provablesec have to be the same for all shards");
                return false;
            }
        }

        foreach (IGrouping<int, (string File, ShardRecord Record, JsonDocument Json)> same in parts.GroupBy(part => part.Record.Shard.Index)
            .Where(group => group.Count() > 1))
        {
            Refuse($"{string.Join(" and ", same.Select(part => part.File))} are the same shard, {same.First().Record.Shard}; name each once");
        }

        int[] missing = [.. Enumerable.Range(1, first.Record.Shard.Count).Except(parts.Select(part => part.Record.Shard.Index))];
        if (missing.Length > 0)
        {
            Refuse($"shard {string.Join(", ", missing)} of {first.Record.Shard.Count} is missing, so nothing is reported");
        }

        return code == ExitCodes.Success;
    }

    private int Merged(List<(string File, ShardRecord Record, JsonDocument Json)> parts)
    {
        string command = parts[0].Record.Command;
        if (mergers.FirstOrDefault(one => one.Command == command) is not { } merger)
        {
            Refuse($"{parts[0].File} is a result of {command}, which this version does not merge");
            return code;
        }

        if (requested.Formats.FirstOrDefault(format => !merger.Formats.Contains(format)) is { } none)
        {
            Refuse($"{command} has no format {none}; it has {string.Join(", ", merger.Formats)}");
            return code;
        }

        try
        {
            code = merger.Merge([.. parts.OrderBy(part => part.Record.Shard.Index).Select(part => part.Json.RootElement)], requested, console);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            Refuse("a result is not one of this version of provablesec, or was changed");
        }

        return parts.Aggregate(code, (worst, part) => ExitCodes.Combine(worst, part.Record.ExitCode));
    }

    private static bool IsMalformed(Exception e) => e is FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException
        or IndexOutOfRangeException
        or OverflowException;

    private void Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        code = ExitCodes.BadInput;
    }
}
