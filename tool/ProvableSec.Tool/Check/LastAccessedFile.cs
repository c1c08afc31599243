using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Check;

/// <summary>Reads the file of <c>--last-accessed</c>.</summary>
internal static class LastAccessedFile
{
    /// <summary>What it says; null where it cannot be read, which has been told then.</summary>
    public static LastAccessed? Read(string file, DateTime today, int days, CommandConsole console)
    {
        IReadOnlyList<PolicyProblem> problems = [];
        LastAccessed? read = InputFile.TryRead(file, file, out PolicyProblem? unreadable) is { } source ? LastAccessed.Read(source, today, days, out problems)
            : null;
        foreach (PolicyProblem problem in unreadable is null ? problems : [unreadable])
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(ProblemText.Of(problem)));
        }

        return read;
    }
}
