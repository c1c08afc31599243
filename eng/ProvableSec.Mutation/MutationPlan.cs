namespace ProvableSec.Mutation;

/// <summary>
/// Which tests are asked about the mutants of a folder, in which order: those that are about it, with few random cases; all others of the project that do not
/// take long; those that are about it with all cases.
/// </summary>
/// <param name="Folder">The folder, from the root.</param>
/// <param name="Project">The project that compiles it.</param>
/// <param name="Rounds">Runs of test programs, until one fails.</param>
internal sealed record MutationPlan(string Folder, string Project, IReadOnlyList<MutationRound> Rounds)
{
    private const string Space = "--filter-namespace", Class = "--filter-class", NotClass = "--filter-not-class", NotSpace = "--filter-not-namespace";

    private static readonly string[] Certificates =
        [Space, "*.Certificates", "*.Values", NotClass, "*PlaceTests", "*CertificateMutationTests", "*ConditionCertificateTests"];

    /// <summary>The folders that are measured.</summary>
    public static IReadOnlyList<MutationPlan> All { get; } =
    [
        Of("reasoning/ProvableSec.CertificateChecker", "ProvableSec.Reasoning.Tests", Certificates, [Class, "*.ConditionCertificateTests"],
            [Class, "*.PlaceTests"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Evaluation", [Space, "*.Evaluation", "*.Values"],
            new("ProvableSec.Reasoning.Tests", [Class, "*.Evaluation.*", "*.Values.*", "*.ProverAgainstEvaluatorTests"], AllCases: true)),
        OfReasoning("reasoning/ProvableSec.Policy", "Json", [Space, "*.Json", "*.Model"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Model", [Space, "*.Model", "*.Json"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Cases", [Space, "*.Cases"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Accounts", [Space, "*.Accounts"]),
        OfReasoning("reasoning/ProvableSec.Policy", "Text", [Space, "*.Text", "*.Json", "*.Model"]),
        OfReasoning("reasoning/ProvableSec.ServiceData", "", [Space, "*.ServiceData"]),
        OfReasoning("reasoning/ProvableSec.Reasoning", "",
            [Space, "*.Proving", "*.Search", "*.Values", "*.Questions", "*.Assumptions", "*.Witnesses", "*.Worlds", "*.Linq", "*.Access"],
            new("ProvableSec.Reasoning.Tests", [Space, "*.Decisions", "*.Linq"], AllCases: true)),
        Of("reasoning/ProvableSec.Certificates", "ProvableSec.Reasoning.Tests", Certificates, [Class, "*.ConditionCertificateTests"], [Class, "*.PlaceTests"]),
        OfReasoning("reasoning/ProvableSec.SmtLib", "",
            [Space, "*.SmtLib", NotClass, "*RandomOpinionTests", "*SecondOpinionTests", "*SmtSolverTests"],
            new("ProvableSec.Reasoning.Tests", [Space, "*.SmtLib"])),
        OfRules("Policies", "ProvableSec.Rules.Tests", [Space, "*.Policies*", NotClass, "*ListedWordTests"], "*.Check*"),
        OfRules("Credentials", "ProvableSec.Rules.Tests", [Space, "*.Credentials*"], "*.Scan*"),
        OfRules("Documents", "ProvableSec.Rules.Tests", [Space, "*.Documents*"], "*.Check*", "*.Deployments*"),
        OfRules("Escalation", "ProvableSec.Tool.Tests", [Space, "*.Escalation*"], "*.Check*"),
        OfRules("Accounts", "ProvableSec.Tool.Tests", [Class, "*.Check.*", "*.EscalationFinderTests"], "*.Escalation*"),
        Of("runtime/ProvableSec.Logs", "ProvableSec.Runtime.Tests", [NotSpace, "*.Proofs", "*.Firehose", NotClass, "*InstructionSetTests"], []),
        Of("runtime/ProvableSec.Logs.Proofs", "ProvableSec.Runtime.Tests", [Space, "*.Proofs"], []),
        Of("analyzers/ProvableSec.Analyzers", "ProvableSec.Analyzers.Tests", []),
        Of("tool/ProvableSec.Tool", "ProvableSec.Tool.Tests",
            [NotSpace, "*.Ci", "*.Hostile", "*.Packages", NotClass, "*RecordedRunTests", "*StartedProgramTests"],
            [Class, "*RecordedRunTests"]),
    ];

    private static MutationPlan Of(string project, string tests, params string[][] rounds) =>
        new(project, project, [.. rounds.Select(round => new MutationRound(tests, round))]);

    private static MutationPlan OfReasoning(string project, string below, string[] related, MutationRound? last = null)
    {
        MutationPlan plan = Of(project, "ProvableSec.Reasoning.Tests", related,
            [NotSpace, "*.SmtLib", NotClass, "*OperatorDecisionTests", "*ListedActionTests", "*CatalogueKeyTests", "*ConditionCertificateTests"]);
        return plan with
        {
            Folder = below.Length == 0 ? project : $"{project}/{below}",
            Rounds = [.. plan.Rounds, last ?? new MutationRound("ProvableSec.Reasoning.Tests", related, AllCases: true)],
        };
    }

    // What the command shows of rules, such as waivers and checks of one's own, is tested with the command.
    private static MutationPlan OfRules(string below, string tests, string[] related, params string[] shown) =>
        new("rules/ProvableSec.Rules/" + below, "rules/ProvableSec.Rules",
        [
            new(tests, related),
            new(tests, related, AllCases: true),
            new("ProvableSec.Tool.Tests", [Space, .. shown]),
            new("ProvableSec.Rules.Tests", []),
        ]);
}
