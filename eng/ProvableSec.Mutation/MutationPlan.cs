namespace ProvableSec.Mutation;

/// <summary>Which tests are asked about the mutants of a folder, in which order: quick ones and those that are about it first.</summary>
/// <param name="Folder">The folder, from the root.</param>
/// <param name="Project">The project that compiles it.</param>
/// <param name="Rounds">Runs of test programs, until one fails.</param>
internal sealed record MutationPlan(string Folder, string Project, IReadOnlyList<MutationRound> Rounds)
{
    private const string Space = "--filter-namespace", Class = "--filter-class", NotClass = "--filter-not-class";

    private static readonly string[] Everything = [];

    /// <summary>The folders that are measured.</summary>
    public static IReadOnlyList<MutationPlan> All { get; } =
    [
        OfReasoning(
            "reasoning/ProvableSec.CertificateChecker",
            "",
            [Class, "*ForgedCertificateTests", "*ClaimFormTests", "*PlaceTests", "*EmptinessCheckTests", "*CertificateTests", "*CertificateMeaningTests",
                NotClass, "*RandomCertificateTests"],
            [Space, "*.Decisions"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Evaluation", [Space, "*.Evaluation"], [Space, "*.Decisions"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Json", [Space, "*.Json", "*.Model"], [Space, "*.Cases", "*.Text", "*.Evaluation"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Model", [Space, "*.Model", "*.Json"], [Space, "*.Cases", "*.Evaluation", "*.Decisions"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Cases", [Space, "*.Cases"], [Space, "*.Evaluation", "*.Proving"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Accounts", [Space, "*.Accounts", "*.Access"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Text", [Space, "*.Text", "*.Json"], [Space, "*.Model"]),
        OfReasoning("reasoning/ProvableSec.ServiceData", "", [Space, "*.ServiceData"], [Space, "*.Proving", NotClass, "*ProverAgainstEvaluatorTests"]),
        OfReasoning("reasoning/ProvableSec.Reasoning", "",
            [Space, "*.Proving", "*.Search", "*.Values", "*.Questions", "*.Assumptions", "*.Witnesses", "*.Decisions",
                NotClass, "*ProverAgainstEvaluatorTests"],
            [Space, "*.Worlds", "*.Linq", "*.Access"]),
        OfReasoning("reasoning/ProvableSec.Certificates", "", [Space, "*.Certificates", NotClass, "*RandomCertificateTests"]),
        OfReasoning("reasoning/ProvableSec.SmtLib", "", [Space, "*.SmtLib"]),
        OfRules("Policies", [Space, "*.Policies*"], Everything),
        OfRules("Credentials", [Space, "*.Credentials*"], Everything),
        OfRules("Documents", [Space, "*.Documents*"], Everything),
        OfRules("Escalation", [Space, "*.Escalation*", "*.Accounts*"], Everything),
        OfRules("Accounts", [Space, "*.Accounts*"], Everything),
        Of("runtime/ProvableSec.Logs", "ProvableSec.Runtime.Tests", Everything),
        Of("runtime/ProvableSec.Logs.Proofs", "ProvableSec.Runtime.Tests", [Space, "*.Proofs"], Everything),
        Of("analyzers/ProvableSec.Analyzers", "ProvableSec.Analyzers.Tests", Everything),
        Of("tool/ProvableSec.Tool", "ProvableSec.Tool.Tests", Everything),
    ];

    private static MutationPlan Of(string project, string tests, params string[][] rounds) =>
        new(project, project, [.. rounds.Select(round => new MutationRound(tests, round))]);

    private static MutationPlan OfReasoning(string project, string below, params string[][] rounds) =>
        Of(project, "ProvableSec.Reasoning.Tests", rounds) with { Folder = below.Length == 0 ? project : $"{project}/{below}" };

    // What the command shows of rules, such as waivers and checks of one's own, is tested with the command.
    private static MutationPlan OfRules(string below, params string[][] rounds)
    {
        MutationPlan plan = Of("rules/ProvableSec.Rules", "ProvableSec.Rules.Tests", rounds);
        return plan with { Folder = $"{plan.Folder}/{below}",
            Rounds = [.. plan.Rounds, new MutationRound("ProvableSec.Tool.Tests",
                [Space, "*.Check*", "*.Scan*", "*.Deployments*", "*.Ask*", "*.Escalation*"])] };
    }
}
