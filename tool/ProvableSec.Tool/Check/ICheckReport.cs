using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Check;

/// <summary>How a run of <c>check</c> is reported.</summary>
internal interface ICheckReport
{
    /// <summary>Writes the findings to standard output.</summary>
    void Write(CheckResult result, CommandConsole console);
}
