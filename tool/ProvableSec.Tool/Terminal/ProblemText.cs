using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Terminal;

/// <summary>A problem as a line of text, in the form that editors and CI systems turn into a link.</summary>
internal static class ProblemText
{
    /// <summary><c>file:line:column: message</c>; for a file that cannot be read at all the message alone, which names it.</summary>
    public static string Of(PolicyProblem problem) =>
        Printable.Clean(problem.Code == ProblemCode.UnreadableFile && problem.Position == default ? problem.Message : problem.ToString());
}
