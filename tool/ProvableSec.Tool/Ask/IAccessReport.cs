using ProvableSec.Reasoning.Access;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>One way to write the answer of <c>ask</c>.</summary>
internal interface IAccessReport
{
    /// <summary>Writes the answer.</summary>
    /// <param name="asked">The question in words.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="warnings">What a reader of it should know.</param>
    /// <param name="console">Where to.</param>
    void Write(string asked, AccessAnswer answer, IReadOnlyList<string> warnings, CommandConsole console);
}
