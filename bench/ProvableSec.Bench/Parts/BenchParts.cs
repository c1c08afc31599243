namespace ProvableSec.Bench.Parts;

/// <summary>Every part, in the order of <c>all</c>: short ones first.</summary>
internal static class BenchParts
{
    public static IReadOnlyList<IBenchPart> All { get; } =
    [
        new ParsePart(), new SelfPart(), new DecisionsPart(), new ProverPart(), new GrowthPart(), new OrganizationPart(), new VerifyPart(), new DiffPart(),
            new TestingPart(), new EscalationPart(), new SimulatePart(), new TrimPart(),
        new ReportPart(), new ScanPart(), new ChecksPart(), new AnalyzersPart(), new SolverPart(),
    ];

    public static IEnumerable<IBenchPart> Of(string name) => All.Where(part => name == "all" || part.Name == name);
}
