using System.CommandLine;
using System.CommandLine.Invocation;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.CommandLine;

/// <summary><c>--version</c>.</summary>
internal sealed class VersionAction(CommandConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => false;

    public override int Invoke(ParseResult parseResult)
    {
        console.OutputText.Write(VersionText.Full);
        return ExitCodes.Success;
    }
}
