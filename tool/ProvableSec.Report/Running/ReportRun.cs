using System.Globalization;
using DuckDB.NET.Data;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Pages;
using ProvableSec.Report.Output;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Report.Running;

/// <summary>One run of a command.</summary>
internal sealed class ReportRun(ReportKind kind, CommandConsole console)
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required string? Page { get; init; }

    public required string? Sql { get; init; }

    public required bool IsShell { get; init; }

    public required string Format { get; init; }

    public required string? Export { get; init; }

    public required string? ExportFile { get; init; }

    public required bool Serve { get; init; }

    public required int Port { get; init; }

    public required DateTime? From { get; init; }

    public required DateTime? Until { get; init; }

    public required string? Client { get; init; }

    public required int Rows { get; init; }

    public required int Memory { get; init; }

    public required string? Partition { get; init; }

    public required int Jobs { get; init; }

    public int Run()
    {
        if (IsShell && Inputs.Contains("-"))
        {
            return Fail("--shell reads queries from standard input, so that no records can come from there");
        }

        if (Partition is not null)
        {
            return new PartitionRun(console).Run(Inputs, Partition);
        }

        if (Serve)
        {
            return new ServeRun(kind, this, console).Run(Inputs, Port);
        }

        using var database = new AnalysisDatabase(Jobs, Memory);
        var loading = new InputLoading(kind, database, console, Jobs, IsWholeTableWanted ? null : kind.Questions.Words());
        int code = loading.Run(Inputs);
        if (loading.Counts.Records == 0 && (!kind.MayBeEmpty || loading.Counts.Unread > 0 || loading.Counts.Files == 0))
        {
            return Fail(loading.Counts.Unread > 0
                ? $"no {kind.What} in these inputs: {LoadNotes.Unread(loading.Counts, kind.What)}"
                : $"no {kind.What} in these inputs");
        }

        try
        {
            kind.CreateViews(database, From, Until, isStored: Sql is null && Export is null);
            return ExitCodes.Combine(code, Answer(database, loading));
        }
        catch (DuckDBException e)
        {
            return Fail(Sql is null && !IsShell ? "the tables cannot be asked: " + FirstLine(e.Message) : FirstLine(e.Message));
        }
    }

    /// <summary>What is asked of the tables.</summary>
    public ReportQuestions Questions() => new(kind, Client, Rows);

    /// <summary>Says what is wrong.</summary>
    public int Fail(string problem)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        return ExitCodes.BadInput;
    }

    /// <summary>The message without the query that it repeats.</summary>
    public static string FirstLine(string message) => message.Split('\n')[0].Trim();

    private bool IsWholeTableWanted => Sql is not null || IsShell || Export is not null;

    private int Answer(AnalysisDatabase database, InputLoading loading)
    {
        if (Export is not null)
        {
            var export = new TableExport(database, kind);
            return export.Write(Export, ExportFile!) is { } problem ? Fail(problem) : Exported(export, loading.Counts);
        }

        if (IsShell)
        {
            return new QueryShell(database, console, Format).Run();
        }

        if (Sql is not null)
        {
            TableWriter.Write(database.Query(Sql), Format, console);
            return Done(loading.Counts);
        }

        ReportPage page = Questions().Ask(database, loading);
        if (Page is null)
        {
            TextReport.Write(page, Format, console);
            return ExitCodes.Success;
        }

        try
        {
            OutputFile.Write(Page, HtmlPage.Write(page));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"{Page} cannot be written: {e.Message}");
        }

        return Done(loading.Counts);
    }

    /// <summary>Says what of the records is not in the file.</summary>
    private int Exported(TableExport export, LoadCounts counts)
    {
        if (LoadNotes.UnknownMembers(counts) is { } unknown)
        {
            console.Error.WriteLine(Printable.Clean(unknown));
        }

        if (Export!.StartsWith("ocsf", StringComparison.Ordinal) && export.WithoutTime() is > 0 and var number)
        {
            console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{number:N0} {kind.What} tell no time; the time of their events is that of this export, which is said in each"));
        }

        return Done(counts);
    }

    private int Done(LoadCounts counts)
    {
        if (counts.Unread > 0)
        {
            console.Error.WriteLine(LoadNotes.Unread(counts, kind.What));
        }

        return ExitCodes.Success;
    }
}
