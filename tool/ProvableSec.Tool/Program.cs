using ProvableSec.Tool;
using ProvableSec.Tool.Output;

using CommandConsole console = CommandConsole.OfProcess();
return ProvableSecCommand.Run(args, console);
