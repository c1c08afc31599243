using ProvableSec.Analytics.Pages;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Report.Output;

/// <summary>A report on standard output: its first tables' first rows, or all of it for a program.</summary>
internal static class TextReport
{
    private const int Rows = 10;

    public static void Write(ReportPage page, string format, CommandConsole console)
    {
        TextWriter output = console.OutputText;
        if (format == "text")
        {
            output.WriteLine(Printable.Clean(page.Title));
            output.WriteLine(Printable.Clean(page.Subtitle));
        }

        foreach (ReportSection section in page.Sections.Where(section => section.Answer.Rows.Count > 0))
        {
            if (format == "json")
            {
                JsonReport.Write(section, console);
                continue;
            }

            output.WriteLine();
            output.WriteLine(format == "csv" ? "# " + section.Id : section.Title);
            if (format == "csv")
            {
                TableWriter.Write(section.Answer, format, console);
            }
            else if (section.Chart.Name == "tiles")
            {
                for (int i = 0; i < section.Answer.Columns.Count; i++)
                {
                    output.WriteLine($"  {CellText.Heading(section.Answer.Columns[i]),-20}{Printable.Clean(CellText.Shown(section.Answer.Rows[0][i]))}");
                }
            }
            else
            {
                // Rows over time are drawn on a page; here the last ones are of interest, elsewhere the first.
                bool isOverTime = section.Chart.Name is "time" or "lines";
                TableWriter.WriteText(section.Answer with { Rows = [.. isOverTime ? section.Answer.Rows.TakeLast(Rows) : section.Answer.Rows.Take(Rows)] },
                    output);
            }
        }

        if (format == "text")
        {
            output.WriteLine();
            foreach ((_, string note) in page.Notes.SkipLast(1))
            {
                output.WriteLine(Printable.Clean(note));
            }
        }
    }
}
