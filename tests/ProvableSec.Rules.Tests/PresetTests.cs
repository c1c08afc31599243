using System.Text;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Rules.Tests;

/// <summary>The severities that the package can set, and the list of what it reports; PROVABLESEC_WRITE_PAGES=1 writes them anew.</summary>
public sealed class PresetTests
{
    private static readonly string Analyzers = Repository.Path("analyzers");

    private static readonly Rule[] All = [.. RuleCatalogue.OfCompiler];

    [Theory]
    [InlineData("none", "none", "none", "none")]
    [InlineData("recommended", "error", "warning", "suggestion")]
    [InlineData("strict", "error", "error", "warning")]
    public void A_preset_names_the_rules_that_it_changes(string preset, string error, string warning, string info)
    {
        var text = new StringBuilder($"# ProvableSecAnalysisMode={preset}\nis_global = true\nglobal_level = -1\n");
        string gap = "\n";
        foreach (Rule rule in All)
        {
            (string own, string preset) severity = rule.Severity switch
            {
                RuleSeverity.Error => ("error", error),
                RuleSeverity.Warning => ("warning", warning),
                _ => ("suggestion", info)
            };

            // A severity that is set is that of every finding of the rule; where it is not, a finding may be milder than its rule.
            if (severity.preset != severity.own)
            {
                text.Append($"{gap}# {rule.Title}\ndotnet_diagnostic.{rule.Id}.severity = {severity.preset}\n");
                gap = "";
            }
        }

        AssertFile(Path.Combine("ProvableSec.Analyzers.Package", "config", preset + ".globalconfig"), text.ToString());
    }

    [Fact]
    public void What_no_release_has_is_listed()
    {
        var text = new StringBuilder("; Rules since the last release, as release tracking of Roslyn's analyzers has them.\n\n### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n");
        foreach (Rule rule in All)
        {
            text.Append($"{rule.Id} | {(rule.Id.StartsWith("PSEC1", StringComparison.Ordinal) ? "Credentials" : "Policies")} | {rule.Severity} | {rule.Title}\n");
        }

        AssertFile(Path.Combine("ProvableSec.Analyzers.Package", "AnalyzerReleases.Unshipped.md"), text.ToString());
    }

    // The file lies where the compiler does not pick it up: Roslyn's own check of it looks for descriptors in the code, and ours come from the catalogue.
    private static void AssertFile(string name, string expected)
    {
        string file = Path.Combine(Analyzers, name);
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_PAGES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
