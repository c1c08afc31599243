using System.CommandLine;
using System.CommandLine.Invocation;
using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Commands;

/// <summary><c>--help</c>: the library's text, then the command's examples.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help, CommandConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command is ExampleCommand command
            ? command.Examples
            : [.. parseResult.CommandResult.Command.Subcommands.OfType<ExampleCommand>().SelectMany(child => child.Examples.Take(1))];
        if (examples.Count > 0)
        {
            console.OutputText.WriteLine("Examples:");
            foreach (string example in examples)
            {
                console.OutputText.WriteLine("  " + example);
            }

            console.OutputText.WriteLine();
        }

        return ExitCodes.Success;
    }
}
