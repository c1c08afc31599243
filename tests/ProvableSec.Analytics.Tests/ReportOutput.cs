using System.Text;
using System.Text.Json;
using ProvableSec.Report;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Analytics.Tests;

/// <summary>A command line of reports, run in this process.</summary>
internal sealed record ReportOutput(int ExitCode, string Output, string Error)
{
    public static ReportOutput Of(params string[] args) => OfInput("", args);

    public static ReportOutput OfInput(string input, params string[] args)
    {
        var output = new MemoryStream();
        var error = new StringWriter();
        using var console = new CommandConsole(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error);
        int code = ReportProgramCommand.Run(args, console);
        return new ReportOutput(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>The answer to a query, a line a row.</summary>
    public static string[] Ask(string kind, string input, string sql)
    {
        ReportOutput run = Of(kind, input, "--sql", sql, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The rows of a question of a report.</summary>
    public JsonElement[] Rows(string question) => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement).Where(answer => answer.GetProperty("id").GetString() == question)
        .SelectMany(answer => answer.GetProperty("rows").EnumerateArray())];
}
