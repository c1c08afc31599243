using ProvableSec.Tool;
using ProvableSec.Tool.Terminal;

using CommandConsole console = CommandConsole.OfProcess();
return ProvableSecCommand.Run(args, console);
