using System.CommandLine;
using System.CommandLine.Invocation;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Commands;

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
