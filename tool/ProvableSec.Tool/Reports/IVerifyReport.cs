using ProvableSec.Tool.Output;
using ProvableSec.Tool.Verification;

namespace ProvableSec.Tool.Reports;

/// <summary>How a run of <c>verify</c> is reported.</summary>
internal interface IVerifyReport
{
    /// <summary>Writes the report to standard output; formats without room for a summary put it on the error stream.</summary>
    void Write(VerifyResult result, CommandConsole console);
}
