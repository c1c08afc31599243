using ProvableSec.Report;
using ProvableSec.Tool.Terminal;

using CommandConsole console = CommandConsole.OfProcess();
return ReportProgramCommand.Run(args, console);
