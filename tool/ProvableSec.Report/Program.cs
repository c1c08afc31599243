using ProvableSec.Report;
using ProvableSec.Tool.Output;

using CommandConsole console = CommandConsole.OfProcess();
return ReportProgramCommand.Run(args, console);
