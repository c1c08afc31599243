using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DuckDB.NET.Data;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Pages;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Report.Running;

/// <summary>Shows a page to a browser on this machine, and makes it anew when its inputs have changed.</summary>
internal sealed class ServeRun(ReportKind kind, ReportRun run, CommandConsole console)
{
    private AnalysisDatabase? database;
    private InputLoading? loading;
    private string state = "";

    public int Run(IReadOnlyList<string> inputs, int port)
    {
        if (inputs.Contains("-"))
        {
            return run.Fail("--serve follows files; standard input can be read once");
        }

        LocalServer server;
        try
        {
            server = new LocalServer(port);
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            return run.Fail($"port {port} cannot be listened on: {e.Message}");
        }

        using (server)
        {
            ConsoleCancelEventHandler stop = (_, cancelled) =>
            {
                cancelled.Cancel = true;
                server.Dispose();
            };
            Console.CancelKeyPress += stop;
            try
            {
                if (Refresh(inputs) is { } problem)
                {
                    return run.Fail(problem);
                }

                console.OutputText.WriteLine(server.Address);
                console.Flush();
                console.Error.WriteLine("Serving until interrupted (Ctrl+C).");
                server.Run(request => Answer(request, inputs));
                return ExitCodes.Success;
            }
            finally
            {
                Console.CancelKeyPress -= stop;
                database?.Dispose();
            }
        }
    }

    private (string Type, string Content, string Policy)? Answer(LocalRequest request, IReadOnlyList<string> inputs)
    {
        if (request.Path == "/state")
        {
            return ("text/plain", StateOf(inputs), "default-src 'none'");
        }

        if (request.Path != "/")
        {
            return null;
        }

        string? problem = Refresh(inputs);
        DateTime? from = Time(request.Parameter("from")) ?? run.From, until = Time(request.Parameter("until")) ?? run.Until;
        try
        {
            kind.CreateViews(database!, from, until);
            ReportPage page = run.Questions().Ask(database!, loading!);
            page = problem is null ? page : page with { Notes = [(true, problem), .. page.Notes] };
            return ("text/html", HtmlPage.Write(page, Live(from, until), "'self'"), HtmlPage.Policy("'self'"));
        }
        catch (DuckDBException e)
        {
            return ("text/plain", "The tables cannot be asked: " + ReportRun.FirstLine(e.Message), "default-src 'none'");
        }
    }

    /// <summary>Reads the inputs anew when they are not what they were.</summary>
    private string? Refresh(IReadOnlyList<string> inputs)
    {
        string now = StateOf(inputs);
        if (now == state)
        {
            return null;
        }

        var next = new AnalysisDatabase(run.Jobs, run.Memory);
        var nextLoading = new InputLoading(kind, next, console, run.Jobs, kind.Questions.Words());
        nextLoading.Run(inputs);
        if (nextLoading.Counts.Records == 0)
        {
            next.Dispose();
            return database is null ? $"no {kind.What} in these inputs" : $"The inputs hold no {kind.What} any more; this is what they held.";
        }

        database?.Dispose();
        (database, loading, state) = (next, nextLoading, now);
        return null;
    }

    /// <summary>A form for the period, and where the page asks whether there is more.</summary>
    private string Live(DateTime? from, DateTime? until) =>
        $"<form class=\"tools live\" method=\"get\" action=\"\" data-state=\"{WebUtility.HtmlEncode(state)}\"><label>From <input type=\"datetime-local\" "
            + $"name=\"from\" value=\"{Local(from)}\"></label>"
        + $"<label>until <input type=\"datetime-local\" name=\"until\" value=\"{Local(until)}\"></label> <span class=\"faint\">UTC</span> "
        + $"<button>Show</button> <output></output></form>\n";

    private static string Local(DateTime? time) => time is null ? "" : time.Value.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private static DateTime? Time(string? text) =>
        text is not null && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime : null;

    /// <summary>Something that changes when a file does.</summary>
    private static string StateOf(IReadOnlyList<string> inputs)
    {
        var hash = new HashCode();
        long bytes = 0;
        foreach (string input in inputs)
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (FileInfo file in Directory.Exists(input) ? new DirectoryInfo(input).EnumerateFiles("*", options) : [new FileInfo(input)])
            {
                if (file.Exists)
                {
                    hash.Add(file.FullName);
                    hash.Add(file.LastWriteTimeUtc);
                    bytes += file.Length;
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}-{hash.ToHashCode():x8}");
    }
}
