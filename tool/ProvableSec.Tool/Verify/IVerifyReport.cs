using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Verify;

/// <summary>How a run of <c>verify</c> is reported.</summary>
internal interface IVerifyReport
{
    /// <summary>Writes the report to standard output; formats without room for a summary put it on the error stream.</summary>
    void Write(VerifyResult result, CommandConsole console);
}
