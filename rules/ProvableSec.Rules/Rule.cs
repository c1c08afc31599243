namespace ProvableSec.Rules;

/// <summary>What is looked for, told once for the compiler, the command, SARIF and the documentation.</summary>
/// <param name="Id">Its name for good: <c>PSEC</c> and four digits. The first digit tells the family.</param>
/// <param name="Title">What was found, in a few words.</param>
/// <param name="Severity">How bad it is; a single finding may be milder and then says so.</param>
/// <param name="Why">What can happen.</param>
/// <param name="Remedy">What to do about it, the most urgent thing first.</param>
/// <param name="Cwe">The number in the Common Weakness Enumeration (https://cwe.mitre.org).</param>
/// <param name="AccessAnalyzer">The code of the check of IAM Access Analyzer that reports the same; null when it has none.</param>
public sealed record Rule(string Id, string Title, RuleSeverity Severity, string Why, string Remedy, int Cwe, string? AccessAnalyzer = null)
{
    /// <summary>Whether a name is its id or its code of IAM Access Analyzer.</summary>
    public bool IsCalled(string name) => name == Id || name == AccessAnalyzer;

    /// <summary>Where it stands in the catalogues of controls.</summary>
    public ControlMapping Controls => ControlMapping.Of(this);

    /// <summary>The page about the rule, relative to the repository.</summary>
    public string Page => $"docs/rules/{Id}.md";
}
