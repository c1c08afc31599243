using System.CommandLine;
using ProvableSec.Policy;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Simulate;

/// <summary><c>simulate FILE|-</c>: what AWS would decide, offline.</summary>
internal static class SimulateCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> file = InputArgument.Create("The cases: one per line, or one JSON document with a case, an array of cases, or \"cases\"");
        Option<int> jobs = JobsOption.Create();
        Option<Reading> reading = ReadingOption.Create();
        var reports = new ReportOptions(["ndjson", "text"]);
        Option<bool> allowOutside = AllowOutsideOption.Create("Paths of policies in cases");

        var command = new ExampleCommand(
            "simulate",
            "Decides requests as AWS would, offline, and names the deciding statements",
            "provablesec simulate cases.ndjson",
            "provablesec simulate --format text case.json",
            "generate-cases | provablesec simulate - --jobs 4 > answers.ndjson",
            "provablesec simulate cases.ndjson --format text --output ndjson=answers.ndjson",
            "provablesec simulate --reading unparsable-is-false cases.ndjson")
        {
            file, jobs, reading, allowOutside,
        };
        reports.AddTo(command);
        command.SetAction(result =>
        {
            var run = new SimulateRun(
                console,
                result.GetRequiredValue(file),
                result.GetValue(jobs),
                result.GetValue(reading),
                result.GetValue(allowOutside),
                reports.Of(result));
            return run.Run();
        });
        return command;
    }
}
