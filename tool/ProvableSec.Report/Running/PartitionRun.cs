using System.Globalization;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Findings;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Trim;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Report.Running;

/// <summary>Sorts findings into folders by type and day, as tables of Athena are partitioned. The folder is there as a whole or not at all.</summary>
internal sealed class PartitionRun(CommandConsole console)
{
    private const string FileName = "findings.ndjson";

    /// <summary>What could not be sorted; Athena does not read files whose names begin with an underscore.</summary>
    private const string UnreadableName = "_unreadable.ndjson";

    private const int MostPending = 64 << 20;

    private readonly Dictionary<string, MemoryStream> pending = new(StringComparer.Ordinal);
    private readonly HashSet<FindingPartition> partitions = [];
    private long pendingBytes;
    private int code;

    public int Run(IReadOnlyList<string> arguments, string folder)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            return Fail($"{folder} exists and is not an empty folder; the findings would be mixed with what is there");
        }

        void Take(FindingPartition partition, ReadOnlySpan<byte> finding)
        {
            partitions.Add(partition);
            Add(Path.Combine(temporary, partition.Path, FileName), finding);
        }

        var sorting = new FindingSorting(Take, line => Add(Path.Combine(temporary, UnreadableName), line));
        try
        {
            IReadOnlyList<TrimInput> inputs = TrimFolder.Expand(
                arguments, [.. ReportKind.GuardDuty.Members.Select(name => System.Text.Encoding.UTF8.GetBytes($"\"{name}\""))], ReportKind.GuardDuty.Extensions,
                out _, out IReadOnlyList<string> problems);
            foreach (string problem in problems)
            {
                Fail(problem);
            }

            foreach (TrimInput input in inputs)
            {
                Sort(input, sorting);
            }

            Flush();
            if (sorting.Findings == 0)
            {
                return Fail("no findings in these inputs");
            }

            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(temporary, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{folder} cannot be written: {e.Message}");
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }

        int types = partitions.DistinctBy(partition => partition.FindingType).Count();
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sorting.Findings:N0} findings of {types:N0} types in {partitions.Count:N0} folders"));
        if (sorting.Unreadable > 0)
        {
            console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{sorting.Unreadable:N0} lines are not findings of GuardDuty; they are in {Path.Combine(folder, UnreadableName)}"));
        }

        return code;
    }

    private void Sort(TrimInput input, FindingSorting sorting)
    {
        PolicyProblem? problem = null;
        Stream? opened = input.IsStandardInput ? console.Input : InputFile.TryOpen(input.Path, input.Path, out problem);
        if (opened is null)
        {
            Fail(ProblemText.Of(problem!));
            return;
        }

        using var source = new HeadedStream(opened, FileSignature.Length);
        if (LogFormat.Problem(source.Head, input.Path) is { } unreadable)
        {
            Fail($"{input.Name} {unreadable}");
            return;
        }

        using Stream records = LogFormat.Decompressed(source, LogFormat.CompressionOf(source.Head));
        var reader = new LogBlockReader(records);
        var block = new LogBlock();
        while (Next(reader, block, input.Name))
        {
            sorting.Sort(block.Lines, isPart: block.IsTooLong);
        }
    }

    private bool Next(LogBlockReader reader, LogBlock block, string name)
    {
        try
        {
            return reader.TryRead(block);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Fail($"{name} cannot be read to its end: {e.Message}");
            return false;
        }
    }

    private void Add(string path, ReadOnlySpan<byte> line)
    {
        if (!pending.TryGetValue(path, out MemoryStream? lines))
        {
            pending.Add(path, lines = new MemoryStream());
        }

        lines.Write(line);
        lines.WriteByte((byte)'\n');
        pendingBytes += line.Length;
        if (pendingBytes > MostPending)
        {
            Flush();
        }
    }

    private void Flush()
    {
        foreach ((string path, MemoryStream lines) in pending)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.Append);
            lines.WriteTo(file);
        }

        pending.Clear();
        pendingBytes = 0;
    }

    private int Fail(string problem)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        return code = ExitCodes.BadInput;
    }
}
