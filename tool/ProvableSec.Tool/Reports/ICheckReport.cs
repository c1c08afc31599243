using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Reports;

/// <summary>How a run of <c>check</c> is reported.</summary>
internal interface ICheckReport
{
    /// <summary>Writes the findings to standard output.</summary>
    void Write(CheckResult result, CommandConsole console);
}
