using System.Text;
using DuckDB.NET.Data;
using ProvableSec.Analytics.Database;
using ProvableSec.Report.Output;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Report.Running;

/// <summary>Asks the queries that standard input gives, one after the other.</summary>
internal sealed class QueryShell(AnalysisDatabase database, CommandConsole console, string format)
{
    private readonly StringBuilder pending = new();
    private int code = ExitCodes.Success;

    public int Run()
    {
        using var input = new StreamReader(console.Input, leaveOpen: true);
        Prompt();
        while (input.ReadLine() is { } line)
        {
            pending.AppendLine(line);
            if (line.TrimEnd().EndsWith(';'))
            {
                Ask();
            }

            Prompt();
        }

        if (!string.IsNullOrWhiteSpace(pending.ToString()))
        {
            Ask();
        }

        return code;
    }

    private void Ask()
    {
        try
        {
            TableWriter.Write(database.Query(pending.ToString()), format, console);
        }
        catch (DuckDBException e)
        {
            // Somebody who types goes on.
            console.Error.WriteLine("provablesec: " + Printable.Clean(ReportRun.FirstLine(e.Message)));
            code = ExitCodes.BadInput;
        }

        pending.Clear();
        console.Flush();
    }

    private void Prompt()
    {
        if (console.ErrorIsTerminal)
        {
            console.Error.Write(pending.Length == 0 ? "sql> " : "...> ");
            console.Error.Flush();
        }
    }
}
