using System.CommandLine;
using System.CommandLine.Invocation;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.CommandLine;

/// <summary><c>--help</c>.</summary>
internal sealed class HelpWithExamples(CommandConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        console.OutputText.Write(HelpText.Of(parseResult.CommandResult.Command));
        return ExitCodes.Success;
    }
}
