namespace ProvableSec.Rules;

/// <summary>What is looked for, told once for the compiler, the command, SARIF and the documentation.</summary>
/// <param name="Id">Its name for good: <c>PSEC</c> and four digits, of which the first tells the family, or what a project calls a check of its own.</param>
/// <param name="Title">What was found, in a few words.</param>
/// <param name="Severity">How bad it is; a single finding may be milder and then says so.</param>
/// <param name="Why">What can happen.</param>
/// <param name="Remedy">What to do about it, the most urgent thing first.</param>
/// <param name="Cwe">The number in the Common Weakness Enumeration (https://cwe.mitre.org); 0 for a check of a project's own.</param>
/// <param name="AccessAnalyzer">The code of the check of IAM Access Analyzer that reports the same; null when it has none.</param>
public sealed record Rule(string Id, string Title, RuleSeverity Severity, string Why, string Remedy, int Cwe, string? AccessAnalyzer = null)
{
    /// <summary>How ids of the catalogue begin; no check of a project's own may have such a one.</summary>
    public const string Prefix = "PSEC";

    private readonly ControlMapping? controls;
    private readonly RuleReference? reference;

    /// <summary>True for a check of a project's own (<see cref="Policies.OwnCheck"/>), which has no page, and stands in no catalogue.</summary>
    public bool IsOwn => !Id.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>True where it is about access that a policy gives, and not about how the policy is written.</summary>
    public bool IsAboutAccess => IsOwn || Id.StartsWith("PSEC2", StringComparison.Ordinal);

    /// <summary>Whether a name is its id or its code of IAM Access Analyzer.</summary>
    public bool IsCalled(string name) => name == Id || name == AccessAnalyzer;

    /// <summary>Where it stands in the catalogues of controls; where it says nothing, as its family does.</summary>
    public ControlMapping Controls { get => controls ?? ControlMapping.OfFamily(Id); init => controls = value; }

    /// <summary>The page, of AWS where AWS has one, that it rests on: the reference of Access Analyzer's checks where it has the code of one. A check of a
    /// project's own has none.</summary>
    internal RuleReference? Reference { get => reference ?? (AccessAnalyzer is null ? null : RuleReference.PolicyChecks); init => reference = value; }

    /// <summary>The page about the rule, relative to the repository.</summary>
    public string Page => $"docs/rules/{Id}.md";
}
