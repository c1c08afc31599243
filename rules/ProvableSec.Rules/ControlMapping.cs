namespace ProvableSec.Rules;

/// <summary>
/// Where a rule stands in the catalogues that auditors and defenders use; <c>docs/controls.md</c> names the sources. Criteria of C5 are empty where none fits.
/// </summary>
/// <param name="Attack">Techniques of MITRE ATT&amp;CK (Enterprise, IaaS) that the mistake serves.</param>
/// <param name="KillChain">The phase of the intrusion kill chain (Hutchins, Cloppert, Amin 2011) that it opens, one of <see cref="Phases"/>; empty for
/// none.</param>
/// <param name="NistCsf">The category of NIST's Cybersecurity Framework 2.0; empty for none.</param>
/// <param name="C5">Criteria of the BSI's C5:2020.</param>
/// <param name="Iso27001">Controls of ISO/IEC 27001:2022, Annex A, which the French certification HDS (version 2 of its requirements) demands.</param>
/// <param name="Caf">The capability of the security perspective of the AWS Cloud Adoption Framework (version 3) that it is about; empty for none.</param>
public sealed record ControlMapping(IReadOnlyList<string> Attack, string KillChain, string NistCsf, IReadOnlyList<string> C5, IReadOnlyList<string> Iso27001,
    string Caf)
{
    /// <summary>The phases of the intrusion kill chain, in order.</summary>
    public static IReadOnlyList<string> Phases { get; } = ["Reconnaissance", "Weaponization", "Delivery", Exploitation, Installation, "Command and Control",
        Objectives];

    internal const string Exploitation = "Exploitation", Installation = "Installation", Objectives = "Actions on Objectives";

    internal const string Access = "Identity and access management", Data = "Data protection", Application = "Application security",
        Infrastructure = "Infrastructure protection", Assurance = "Security assurance";

    /// <summary>A credential stands where it can be read.</summary>
    internal static readonly ControlMapping Secret = new(["T1552.001"], Exploitation, "PR.AA-01", ["IDM-08", "CRY-04"], ["A.5.17", "A.8.28"], Application);

    /// <summary>A credential does not expire.</summary>
    internal static readonly ControlMapping LongLived = new(["T1078.004"], Exploitation, "PR.AA-01", ["IDM-08"], ["A.5.17"], Access);

    /// <summary>Who does not belong to the account has access to data.</summary>
    internal static readonly ControlMapping Outsiders = new(["T1530"], Objectives, "PR.AA-05", ["IDM-01", "IDM-07"], ["A.5.15", "A.8.3"], Data);

    /// <summary>A role trusts more than was meant.</summary>
    internal static readonly ControlMapping Trust = new(["T1199"], Exploitation, "PR.AA-05", ["IDM-01", "IDM-09"], ["A.5.15"], Access);

    /// <summary>Somebody may do everything.</summary>
    internal static readonly ControlMapping Privileged = new(["T1078.004"], Objectives, "PR.AA-05", ["IDM-06"], ["A.8.2"], Access);

    /// <summary>Somebody can get more rights than they have.</summary>
    internal static readonly ControlMapping Escalation = new(["T1098.003", "T1548.005"], Installation, "PR.AA-05", ["IDM-06"], ["A.8.2"], Access);

    /// <summary>More is allowed than is needed.</summary>
    internal static readonly ControlMapping Broad = new(["T1078.004"], Objectives, "PR.AA-05", ["IDM-01", "IDM-02"], ["A.5.15", "A.8.3"], Access);

    /// <summary>A condition says something else than was meant.</summary>
    internal static readonly ControlMapping Condition = new(["T1078.004"], Objectives, "PR.AA-05", ["IDM-01"], ["A.5.15"], Access);

    /// <summary>Somebody signs in too easily.</summary>
    internal static readonly ControlMapping SignIn = new(["T1078.004"], Exploitation, "PR.AA-03", ["IDM-09"], ["A.8.5"], Access);

    /// <summary>A credential is there that nobody needs.</summary>
    internal static readonly ControlMapping Unused = new(["T1078.004"], Exploitation, "PR.AA-01", ["IDM-03", "IDM-05"], ["A.5.18"], Access);

    /// <summary>A deployment shows a secret.</summary>
    internal static readonly ControlMapping Shown = new(["T1552"], Exploitation, "PR.DS-01", ["CRY-04", "IDM-08"], ["A.5.17", "A.8.24"], Data);

    /// <summary>A secret is not rotated.</summary>
    internal static readonly ControlMapping Unchanged = new(["T1078.004"], Exploitation, "PR.AA-01", ["IDM-08", "CRY-04"], ["A.5.17"], Data);

    /// <summary>A document is not what its author thinks.</summary>
    internal static readonly ControlMapping Document = new(["T1078.004"], Objectives, "PR.PS-01", ["IDM-01"], ["A.8.9"], Assurance);

    private static readonly ControlMapping None = new([], "", "", [], [], "");

    /// <summary>The function of NIST's Cybersecurity Framework that the category belongs to.</summary>
    public string NistFunction => NistCsf.Split('.')[0] switch
    {
        "" => "",
        "GV" => "Govern",
        "ID" => "Identify",
        "PR" => "Protect",
        "DE" => "Detect",
        "RS" => "Respond",
        _ => "Recover",
    };

    /// <summary>The mapping of a rule that says nothing of its own: that of its family, which the first digits of its id tell.</summary>
    internal static ControlMapping OfFamily(string id) => id switch
    {
        _ when !id.StartsWith(Rule.Prefix, StringComparison.Ordinal) => None,
        _ when id.StartsWith("PSEC1", StringComparison.Ordinal) => Secret,
        _ when id.StartsWith("PSEC20", StringComparison.Ordinal) => Broad,
        _ when id.StartsWith("PSEC2", StringComparison.Ordinal) => Condition,
        _ => Document,
    };

    /// <summary>All of it, as tags of a rule in SARIF and in the compiler's error log.</summary>
    public IEnumerable<string> Tags => Attack.Select(technique => "ATT&CK " + technique)
        .Concat(KillChain.Length == 0 ? [] : ["Kill chain: " + KillChain])
        .Concat(NistCsf.Length == 0 ? [] : ["NIST CSF 2.0 " + NistCsf])
        .Concat(Caf.Length == 0 ? [] : ["AWS CAF: " + Caf])
        .Concat(C5.Select(criterion => "C5:2020 " + criterion))
        .Concat(Iso27001.Select(control => $"ISO/IEC 27001:2022 {control} (HDS)"));
}
