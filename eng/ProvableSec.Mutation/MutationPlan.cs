namespace ProvableSec.Mutation;

/// <summary>Which tests are asked about the mutants of a folder, in which order: quick ones and those that are about it first.</summary>
/// <param name="Folder">The folder, from the root.</param>
/// <param name="Project">The project that compiles it.</param>
/// <param name="Tests">The test project.</param>
/// <param name="Rounds">Filters of the test program, one run each, until one fails.</param>
internal sealed record MutationPlan(string Folder, string Project, string Tests, params string[][] Rounds)
{
    private const string Space = "--filter-namespace", Class = "--filter-class", NotClass = "--filter-not-class";

    private static readonly string[] Everything = [];

    /// <summary>The folders that are measured.</summary>
    public static IReadOnlyList<MutationPlan> All { get; } =
    [
        OfReasoning(
            "reasoning/ProvableSec.CertificateChecker",
            "",
            [Class, "*ForgedCertificateTests", "*ClaimFormTests", "*PlaceTests", "*EmptinessCheckTests", "*CertificateTests", "*CertificateMeaningTests", NotClass, "*RandomCertificateTests"],
            [Space, "*.Decisions"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Evaluation", [Space, "*.Evaluation"], [Space, "*.Decisions"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Json", [Space, "*.Json", "*.Model"], [Space, "*.Cases", "*.Text", "*.Evaluation"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Model", [Space, "*.Model", "*.Json"], [Space, "*.Cases", "*.Evaluation", "*.Decisions"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Cases", [Space, "*.Cases"], [Space, "*.Evaluation", "*.Proving"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Accounts", [Space, "*.Accounts", "*.Access"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Text", [Space, "*.Text", "*.Json"], [Space, "*.Model"]),
        OfReasoning("reasoning/ProvableSec.ServiceData", "", [Space, "*.ServiceData"], [Space, "*.Proving", NotClass, "*ProverAgainstEvaluatorTests"]),
        OfReasoning("reasoning/ProvableSec.Reasoning", "", [Space, "*.Proving", "*.Decisions", NotClass, "*ProverAgainstEvaluatorTests"], [Space, "*.Worlds", "*.Linq", "*.Access"]),
        OfReasoning("reasoning/ProvableSec.Certificates", "", [Space, "*.Certificates", NotClass, "*RandomCertificateTests"]),
        OfReasoning("reasoning/ProvableSec.SmtLib", "", [Space, "*.SmtLib"]),
        OfRules("Policies", [Space, "*.Policies*"], Everything),
        OfRules("Credentials", [Space, "*.Credentials*"], Everything),
        OfRules("Documents", [Space, "*.Documents*"], Everything),
        OfRules("Escalation", [Space, "*.Escalation*", "*.Accounts*"], Everything),
        OfRules("Accounts", [Space, "*.Accounts*"], Everything),
        new("runtime/ProvableSec.Logs", "runtime/ProvableSec.Logs", "ProvableSec.Runtime.Tests", Everything),
        new("runtime/ProvableSec.Logs.Proofs", "runtime/ProvableSec.Logs.Proofs", "ProvableSec.Runtime.Tests", [Space, "*.Proofs"], Everything),
        new("analyzers/ProvableSec.Analyzers", "analyzers/ProvableSec.Analyzers", "ProvableSec.Analyzers.Tests", Everything),
        new("tool/ProvableSec.Tool", "tool/ProvableSec.Tool", "ProvableSec.Tool.Tests", Everything),
    ];

    private static MutationPlan OfReasoning(string project, string below, params string[][] rounds) =>
        new(below.Length == 0 ? project : $"{project}/{below}", project, "ProvableSec.Reasoning.Tests", rounds);

    private static MutationPlan OfRules(string below, params string[][] rounds) => new($"rules/ProvableSec.Rules/{below}", "rules/ProvableSec.Rules", "ProvableSec.Rules.Tests", rounds);
}
