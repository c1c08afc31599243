using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Files;

/// <summary>What to attach to a bug report. Holds the command line and the exception, and nothing that was read from a file.</summary>
internal static partial class CrashBundle
{
    /// <summary>The key under which an exception's data tells the input line that was at work.</summary>
    public const string LineKey = "ProvableSec.Line";

    /// <summary>Writes the bundle to a temporary file.</summary>
    /// <returns>The file; null when even that failed.</returns>
    public static string? Write(IReadOnlyList<string> args, Exception exception)
    {
        try
        {
            return OutputFile.WriteTemporary("provablesec-crash", ".txt", Text(args, exception));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(IReadOnlyList<string> args, Exception exception)
    {
        var text = new StringBuilder();
        text.Append("provablesec ").AppendLine(VersionText.Version);
        text.AppendLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        text.AppendLine();
        text.AppendLine("Arguments, one a line:");
        foreach (string arg in args)
        {
            text.Append("  ").AppendLine(arg);
        }

        text.AppendLine();
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            text.Append(e.GetType().FullName).Append(": ").AppendLine(WithoutQuotations(e.Message));
            if (e.Data[LineKey] is { } line)
            {
                text.Append("  while at line ").Append(line).AppendLine(" of the input");
            }

            text.AppendLine(e.StackTrace);
        }

        return text.ToString();
    }

    /// <summary>Runtime exceptions quote the value they choke on, which may come from a file.</summary>
    private static string WithoutQuotations(string message) => Quotation().Replace(message, "'…'");

    [GeneratedRegex("""'.*'|".*"|“.*”""", RegexOptions.Singleline)]
    private static partial Regex Quotation();
}
