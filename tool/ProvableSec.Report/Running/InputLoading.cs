using System.Globalization;
using System.Text;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Loading;
using ProvableSec.Logs.Compressed;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Trim;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Report.Running;

/// <summary>Reads the inputs of a command line into the table of their kind.</summary>
/// <param name="kind">Their kind.</param>
/// <param name="database">Where the table is made.</param>
/// <param name="console">Where problems are told.</param>
/// <param name="jobs">How many threads make rows.</param>
/// <param name="wanted">The columns that are filled; all when null.</param>
internal sealed class InputLoading(ReportKind kind, AnalysisDatabase database, CommandConsole console, int jobs, IReadOnlySet<string>? wanted)
{
    private readonly Progress progress = new(console, "MB");
    private int code;
    private long pendingBytes;

    /// <summary>What has been read.</summary>
    public LoadCounts Counts { get; } = new();

    /// <summary>What was read, in a few words.</summary>
    public string Names { get; private set; } = "";

    /// <summary>Reads.</summary>
    /// <returns>An exit code. What can be read is in the table in any case.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<TrimInput> inputs = TrimFolder.Expand(
            arguments, [.. kind.Members.Select(name => Encoding.UTF8.GetBytes($"\"{name}\""))], kind.Extensions, out int skipped,
            out IReadOnlyList<string> problems);
        foreach (string problem in problems)
        {
            Fail(problem);
        }

        Names = inputs.Count == 1 ? inputs[0].Name : string.Create(CultureInfo.InvariantCulture,
            $"{inputs.Count:N0} files in {string.Join(", ", arguments.Take(3))}{(arguments.Count > 3 ? ", …" : "")}");
        TrimInput[] tables = [.. inputs.Where(input => !input.IsStandardInput && ParquetInput.IsParquet(input.Path))];
        using (progress)
        {
            ReadRecords([.. inputs.Except(tables)], tables);
        }

        if (skipped > 0)
        {
            console.Error.WriteLine(skipped == 1 ? "1 file was skipped that does not look like records"
                : $"{skipped} files were skipped that do not look like records");
        }

        return code;
    }

    private void ReadRecords(IReadOnlyList<TrimInput> inputs, IReadOnlyList<TrimInput> tables)
    {
        var parquet = new ParquetInput(database, kind.Table);
        TrimInput[] usable = [.. tables.Where(input => parquet.Problem(input.Path) is not { } problem || !Fail($"{input.Name} {problem}"))];
        Counts.Files += usable.Length;
        if (inputs.Count == 0 && usable.Length > 0)
        {
            Counts.Records = parquet.CreateView([.. usable.Select(input => input.Path)]);
            return;
        }

        database.Execute(kind.Table.CreateStatement);
        using (var loader = new LogLoader(database.Connect, kind.Table, wanted, kind.Reader, jobs))
        {
            foreach (TrimInput input in inputs)
            {
                Read(loader, input);
            }

            Counts.Add(loader.Finish());
        }

        if (usable.Length > 0)
        {
            Counts.Records += parquet.Insert([.. usable.Select(input => input.Path)]);
        }
    }

    private void Read(LogLoader loader, TrimInput input)
    {
        PolicyProblem? problem = null;
        Stream? opened = input.IsStandardInput ? console.Input : InputFile.TryOpen(input.Path, input.Path, out problem);
        if (opened is null)
        {
            Fail(ProblemText.Of(problem!));
            return;
        }

        try
        {
            using var source = new HeadedStream(opened, FileSignature.Length);
            if (LogFormat.Problem(source.Head, input.Path) is { } unreadable)
            {
                Fail($"{input.Name} {unreadable}");
                return;
            }

            using Stream records = LogFormat.Decompressed(source, LogFormat.CompressionOf(source.Head));
            loader.Read(records, Progressed);
        }
        catch (Exception e) when (e is InvalidDataException or UnauthorizedAccessException || (e is IOException && !loader.HasFailed))
        {
            Fail($"{input.Name} cannot be read to its end: {e.Message}");
        }
    }

    private void Progressed(long bytes)
    {
        pendingBytes += bytes;
        progress.Add((int)(pendingBytes / 1_000_000));
        pendingBytes %= 1_000_000;
    }

    private bool Fail(string problem)
    {
        progress.Clear();
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        code = ExitCodes.BadInput;
        return true;
    }
}
