using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>A workflow command, which GitHub shows beside the line of a pull request.</summary>
internal static class GitHubAnnotation
{
    /// <summary>The command as a line.</summary>
    /// <param name="severity">How bad it is.</param>
    /// <param name="place">Where it is, its file relative to the repository; an empty file for nowhere.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What there is to say.</param>
    public static string Of(Severity severity, ReportPlace place, string title, string message)
    {
        string command = severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };
        string at = "";
        if (place.File.Length > 0)
        {
            at = $"file={Property(place.File)},line={Math.Max(1, place.Start.Line)},col={Math.Max(1, place.Start.Column)}";
            if (place.End.Line == place.Start.Line && place.End.Column > place.Start.Column + 1)
            {
                at += $",endColumn={place.End.Column - 1}";
            }

            at += ",";
        }

        return $"::{command} {at}title={Property(title)}::{Data(message)}";
    }

    /// <summary>As the runner reads it back: https://github.com/actions/toolkit, packages/core, command.ts.</summary>
    private static string Data(string text) => string.Join('\n', text.Split('\n').Select(Printable.Clean))
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
