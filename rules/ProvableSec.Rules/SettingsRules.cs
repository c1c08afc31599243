namespace ProvableSec.Rules;

/// <summary>The rules about what a project says to the checks, <c>PSEC4xxx</c>: its waivers, its baseline, its settings.</summary>
internal static class SettingsRules
{
    private const int ImproperSyntax = 1286;

    /// <summary>Waivers, a baseline or a setting that cannot be read, so that none of it counts.</summary>
    public static Rule Unreadable { get; } = new(
        "PSEC4001",
        "Waivers, baseline or setting without effect",
        RuleSeverity.Error,
        "Half a list of waivers would hide other findings than were meant, so none of a file counts that has a mistake; a misspelt setting sets nothing.",
        "Correct the place that is named; then the findings are again those that the project has to look at.",
        ImproperSyntax)
    {
        Reference = new("Configuration files for code analysis rules", "https://learn.microsoft.com/dotnet/fundamentals/code-analysis/configuration-files"),
        Controls = ControlMapping.Document,
    };

    /// <summary>All, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [Unreadable];
}
