using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Rules.Tests;

/// <summary>The table of <c>docs/controls.md</c>; PROVABLESEC_WRITE_PAGES=1 writes it anew.</summary>
public sealed class ControlPageTests
{
    private const string Begin = "<!-- rules -->\n\n";

    private static readonly string Page = Repository.Path("docs/controls.md");

    private static readonly Rule[] All = [.. RuleCatalogue.All];

    [Fact]
    public void The_table_has_every_rule()
    {
        string page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_PAGES") == "1")
        {
            page = page.Split(Begin)[0] + Begin + Table();
            File.WriteAllText(Page, page);
        }

        Assert.Equal(Table(), page.Split(Begin)[1]);
    }

    /// <summary>A control that the page does not explain, with its source, is none.</summary>
    [Fact]
    public void Every_control_is_explained()
    {
        string[] sources = File.ReadAllText(Page).Split(Begin)[0].Split('\n');
        foreach (string control in All.SelectMany(rule => rule.Controls.Attack.Concat(rule.Controls.C5).Concat(rule.Controls.Iso27001)
            .Append(rule.Controls.NistCsf)).Distinct())
        {
            Assert.Contains(sources, line => line.StartsWith("| " + control + " | ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_control_has_the_form_of_its_catalogue() => Assert.All(All, rule =>
    {
        Assert.NotEmpty(rule.Controls.Attack);
        Assert.Contains(rule.Controls.KillChain, ControlMapping.Phases);
        Assert.Equal("Protect", rule.Controls.NistFunction);
        Assert.Contains(rule.Controls.Caf, Capabilities);
        Assert.All(rule.Controls.Attack, technique => Assert.Matches(new Regex("^T[0-9]{4}(\\.[0-9]{3})?$"), technique));
        Assert.All(rule.Controls.C5, criterion => Assert.Matches(new Regex("^[A-Z]{2,3}-[0-9]{2}$"), criterion));
        Assert.All(rule.Controls.Iso27001, control => Assert.Matches(new Regex("^A\\.[5-8]\\.[0-9]{1,2}$"), control));
        Assert.Matches(new Regex("^(GV|ID|PR|DE|RS|RC)\\.[A-Z]{2}-[0-9]{2}$"), rule.Controls.NistCsf);
    });

    /// <summary>The capabilities of the security perspective of the AWS Cloud Adoption Framework, version 3.</summary>
    private static readonly string[] Capabilities =
    [
        "Security governance", "Security assurance", "Identity and access management", "Threat detection", "Vulnerability management",
            "Infrastructure protection", "Data protection",
        "Application security", "Incident response",
    ];

    private static string Table()
    {
        var table = new StringBuilder("| rule | CWE | ATT&CK | kill chain | NIST CSF 2.0 | AWS CAF | C5:2020 | ISO/IEC 27001:2022 (HDS) |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (Rule rule in All)
        {
            ControlMapping controls = rule.Controls;
            table.Append(
                $"| [{rule.Id}](rules/{rule.Id}.md) {rule.Title} | {rule.Cwe} | {string.Join(", ", controls.Attack)} | {controls.KillChain} | {controls.NistCsf} | {controls.Caf} | {string.Join(", ", controls.C5)} | {string.Join(", ", controls.Iso27001)} |\n");
        }

        return table.ToString();
    }
}
