using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Scan;

/// <summary>How a run of <c>scan</c> is reported.</summary>
internal interface IScanReport
{
    /// <summary>Writes the findings to standard output.</summary>
    void Write(ScanResult result, CommandConsole console);
}
