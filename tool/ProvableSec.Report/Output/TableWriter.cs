using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Pages;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Report.Output;

/// <summary>Writes an answer on standard output.</summary>
internal static class TableWriter
{
    private const int WidestCell = 60;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Writes it.</summary>
    /// <param name="table">The answer.</param>
    /// <param name="format">text, json or csv.</param>
    /// <param name="console">Where.</param>
    public static void Write(ResultTable table, string format, CommandConsole console)
    {
        switch (format)
        {
            case "json":
                WriteJson(table, console);
                break;
            case "csv":
                WriteCsv(table, console.OutputText);
                break;
            default:
                WriteText(table, console.OutputText);
                break;
        }
    }

    /// <summary>Columns side by side; numbers to the right.</summary>
    public static void WriteText(ResultTable table, TextWriter output)
    {
        string[][] cells = [[.. table.Columns],
            .. table.Rows.Select(row =>
                row.Select((value, i) => Cut(Printable.Clean(CellText.IsName(table.Columns[i]) ? CellText.Raw(value) : CellText.Shown(value)))).ToArray())];
        int[] widths = [.. Enumerable.Range(0, table.Columns.Count).Select(i => cells.Max(row => row[i].Length))];
        bool[] isNumber =
            [.. Enumerable.Range(0, table.Columns.Count).Select(i => table.Rows.Any() && table.Rows.All(row => row[i] is null || CellText.IsNumber(row[i])))];
        foreach (string[] row in cells)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        }
    }

    private static string Cut(string text) => text.Length <= WidestCell ? text : text[..(WidestCell - 1)] + "…";

    private static void WriteCsv(ResultTable table, TextWriter output)
    {
        output.WriteLine(string.Join(',', table.Columns.Select(Quoted)));
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            output.WriteLine(string.Join(',', row.Select(value => Quoted(CellText.Raw(value)))));
        }
    }

    /// <summary>RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe: logs hold what attackers write.</summary>
    private static string Quoted(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '@' or '\t' or '\r' || (text.Length > 1 && text[0] == '-' && !char.IsAsciiDigit(text[1]))
            ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? new StringBuilder(safe).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString() : safe;
    }

    private static void WriteJson(ResultTable table, CommandConsole console)
    {
        console.OutputText.Flush();
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            using (var json = new Utf8JsonWriter(console.Output, Options))
            {
                json.WriteStartObject();
                for (int i = 0; i < row.Count; i++)
                {
                    json.WritePropertyName(table.Columns[i]);
                    JsonValueWriter.Write(json, row[i]);
                }

                json.WriteEndObject();
            }

            console.Output.Write("\n"u8);
        }
    }
}
