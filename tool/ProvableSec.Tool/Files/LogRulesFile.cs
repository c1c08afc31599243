using ProvableSec.Logs.Rules;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Files;

/// <summary>Reads rules of the log filter from a file, and says where they are wrong.</summary>
internal static class LogRulesFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="console">Where problems are reported.</param>
    /// <returns>Null after a report; rules with a mistake are not used at all.</returns>
    public static LogRules? TryRead(string path, CommandConsole console)
    {
        if (InputFile.TryReadBytes(path, path, out PolicyProblem? unreadable) is not { } bytes)
        {
            console.Error.WriteLine("provablesec: " + ProblemText.Of(unreadable!));
            return null;
        }

        LogRulesReading reading = LogRulesReader.Read(bytes);
        foreach (RulesProblem problem in reading.Problems)
        {
            console.Error.WriteLine(Printable.Clean($"{path}:{problem}"));
        }

        return reading.Rules;
    }
}
