using ProvableSec.Bench;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Parts;

if (args is [FreshProcess.Command, ..])
{
    return FreshProcess.AnswerStandardInput();
}

if (args is [OrganizationQuestion.Command, string folder])
{
    return OrganizationQuestion.Ask(folder);
}

if (args is [TrimPart.Command, var records, var job])
{
    return TrimPart.AnswerJob(records, job);
}

if (args is [TestingPart.Command])
{
    return TestingPart.AnswerFirst();
}

if (BenchOptions.TryParse(args, out string? usage) is not { } options)
{
    Console.Error.WriteLine(usage);
    return 2;
}

var report = new Report(Machine.Describe(), options.AsJson ? null : Console.Out);
foreach (IBenchPart part in BenchParts.Of(options.Part))
{
    report.Begin(part.Name);
    part.Run(options, report);
}

if (options.AsJson)
{
    report.WriteJson(Console.OpenStandardOutput());
}

// A missed target is a figure; a wrong answer is a fault.
return report.HasFaults ? 1 : 0;
