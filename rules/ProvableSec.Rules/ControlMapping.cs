namespace ProvableSec.Rules;

/// <summary>
/// Where a rule stands in the catalogues that auditors and defenders use; <c>docs/controls.md</c> names the sources. Empty where nothing fits.
/// </summary>
/// <param name="Attack">Techniques of MITRE ATT&amp;CK (Enterprise, IaaS) that the mistake serves.</param>
/// <param name="KillChain">The phase of the intrusion kill chain (Hutchins, Cloppert, Amin 2011) that it opens; null for none.</param>
/// <param name="NistCsf">The category of NIST's Cybersecurity Framework 2.0; empty for none.</param>
/// <param name="C5">Criteria of the BSI's C5:2020.</param>
/// <param name="Iso27001">Controls of ISO/IEC 27001:2022, Annex A, which the French certification HDS (version 2 of its requirements) demands.</param>
public sealed record ControlMapping(IReadOnlyList<string> Attack, string? KillChain, string NistCsf, IReadOnlyList<string> C5, IReadOnlyList<string> Iso27001)
{
    private const string Exploitation = "Exploitation", Installation = "Installation", Objectives = "Actions on Objectives";

    private static readonly ControlMapping Secret = new(["T1552.001"], Exploitation, "PR.AA-01", ["IDM-08", "CRY-04"], ["A.5.17", "A.8.28"]);
    private static readonly ControlMapping LongLived = new(["T1078.004"], Exploitation, "PR.AA-01", ["IDM-08"], ["A.5.17"]);
    private static readonly ControlMapping Outsiders = new(["T1530"], Objectives, "PR.AA-05", ["IDM-01", "IDM-07"], ["A.5.15", "A.8.3"]);
    private static readonly ControlMapping Trust = new(["T1199"], Exploitation, "PR.AA-05", ["IDM-01", "IDM-09"], ["A.5.15"]);
    private static readonly ControlMapping Privileged = new(["T1078.004"], Objectives, "PR.AA-05", ["IDM-06"], ["A.8.2"]);
    private static readonly ControlMapping Escalation = new(["T1098.003", "T1548.005"], Installation, "PR.AA-05", ["IDM-06"], ["A.8.2"]);
    private static readonly ControlMapping Broad = new(["T1078.004"], Objectives, "PR.AA-05", ["IDM-01", "IDM-02"], ["A.5.15", "A.8.3"]);
    private static readonly ControlMapping Condition = new([], null, "PR.AA-05", ["IDM-01"], ["A.5.15"]);
    private static readonly ControlMapping SignIn = new(["T1078.004"], Exploitation, "PR.AA-03", ["IDM-09"], ["A.8.5"]);
    private static readonly ControlMapping Unused = new(["T1078.004"], Exploitation, "PR.AA-01", ["IDM-03", "IDM-05"], ["A.5.18"]);
    private static readonly ControlMapping Shown = new(["T1552"], Exploitation, "PR.DS-01", ["CRY-04", "IDM-08"], ["A.5.17", "A.8.24"]);
    private static readonly ControlMapping Unchanged = new(["T1078.004"], Exploitation, "PR.AA-01", ["IDM-08", "CRY-04"], ["A.5.17"]);
    private static readonly ControlMapping None = new([], null, "", [], []);
    private static readonly ControlMapping Document = new([], null, "PR.PS-01", ["IDM-01"], ["A.8.9"]);

    /// <summary>The mapping of a rule.</summary>
    public static ControlMapping Of(Rule rule) => rule.Id switch
    {
        _ when rule.IsOwn => None,
        "PSEC1009" => Secret with { Attack = ["T1552.004"] },
        "PSEC1012" or "PSEC2201" => Privileged with { KillChain = Exploitation, NistCsf = "PR.AA-01" },
        "PSEC1013" or "PSEC1015" or "PSEC2204" or "PSEC2009" => LongLived,
        "PSEC1014" => new([], null, "PR.PS-01", [], ["A.8.9"]),
        "PSEC2001" or "PSEC2102" => Outsiders,
        "PSEC2002" or "PSEC2004" => Privileged,
        "PSEC2003" or "PSEC2104" or "PSEC2105" or "PSEC2106" or "PSEC2107" or "PSEC2108" or "PSEC2109" => Escalation,
        "PSEC2113" or "PSEC2114" or "PSEC2115" or "PSEC2119" => Trust,
        "PSEC2012" => new(["T1555.006"], Objectives, "PR.AA-05", ["IDM-01", "IDM-08"], ["A.5.15", "A.8.3"]),
        "PSEC2013" => Document,
        "PSEC2202" or "PSEC2203" => SignIn,
        "PSEC2205" => Unused,
        "PSEC2301" or "PSEC2302" => Shown,
        "PSEC2303" or "PSEC2304" => Unchanged,
        "PSEC2311" => new(["T1557"], Exploitation, "PR.DS-02", ["CRY-02", "CRY-04"], ["A.8.24"]),
        "PSEC2312" or "PSEC2313" => new([], null, "PR.IR-04", [], ["A.8.9"]),
        _ when rule.Id.StartsWith("PSEC1", StringComparison.Ordinal) => Secret,
        _ when rule.Id.StartsWith("PSEC20", StringComparison.Ordinal) => Broad,
        _ when rule.Id.StartsWith("PSEC2", StringComparison.Ordinal) => Condition,
        _ => Document,
    };

    /// <summary>All of it, as tags of a rule in SARIF and in the compiler's error log.</summary>
    public IEnumerable<string> Tags => Attack.Select(technique => "ATT&CK " + technique)
        .Concat(KillChain is null ? [] : ["Kill chain: " + KillChain])
        .Concat(NistCsf.Length == 0 ? [] : ["NIST CSF 2.0 " + NistCsf])
        .Concat(C5.Select(criterion => "C5:2020 " + criterion))
        .Concat(Iso27001.Select(control => $"ISO/IEC 27001:2022 {control} (HDS)"));
}
