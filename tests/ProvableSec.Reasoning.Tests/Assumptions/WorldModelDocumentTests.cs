using System.Text;
using ProvableSec.Reasoning.Assumptions;

namespace ProvableSec.Reasoning.Tests.Assumptions;

/// <summary>The page about the world model is made from the code: set PROVABLESEC_WRITE_DOCS=1 to write it anew.</summary>
public sealed class WorldModelDocumentTests
{
    private const string Start = "<!-- from the code: begin -->\n", End = "<!-- from the code: end -->\n";

    private static readonly string File = Repository.Path("docs/world-model.md");

    [Fact]
    public void The_page_says_what_the_code_assumes_and_where_AWS_says_so()
    {
        string page = System.IO.File.ReadAllText(File);
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_DOCS") == "1")
        {
            page = page[..start] + Generated() + page[end..];
            System.IO.File.WriteAllText(File, page);
            end = page.IndexOf(End, StringComparison.Ordinal);
        }

        Assert.Equal(Generated(), page[start..end]);
    }

    [Fact]
    public void Every_assumption_has_a_name_that_questions_take() => Assert.Equal(Prover.Assumptions.Select(assumption => assumption.Name),
        Prover.AssumptionNames);

    [Fact]
    public void Every_assumption_has_facts() =>
        Assert.Equal([], Prover.AssumptionNames.Where(name => !WorldFactTable.Rows.Any(fact => fact.Assumption == name)));

    [Fact]
    public void Every_fact_belongs_to_an_assumption_or_holds_always() =>
        Assert.Equal([], WorldFactTable.Rows.Where(fact => fact.Assumption != WorldFactTable.Always && !Prover.AssumptionNames.Contains(fact.Assumption)));

    [Fact]
    public void Every_fact_has_a_name_of_its_own_a_source_and_a_day()
    {
        Assert.Equal([], WorldFactTable.Rows.GroupBy(fact => fact.Name).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(WorldFactTable.Rows, fact =>
        {
            Assert.NotEmpty(fact.Source);
            Assert.EndsWith(".", fact.Says, StringComparison.Ordinal);
            Assert.True(DateOnly.TryParseExact(fact.Checked, "yyyy-MM-dd", out _), fact.Name);
        });
    }

    [Fact]
    public void An_assumption_takes_at_most_three_sentences() =>
        Assert.All(Prover.Assumptions, assumption => Assert.InRange(assumption.Says.Split(". ").Length, 1, 3));

    private static string Generated()
    {
        var text = new StringBuilder();
        foreach (Assumption assumption in Prover.Assumptions)
        {
            text.Append($"\n## `{assumption.Name}`\n\n{assumption.Says}\n\nSource: {assumption.Source}.\n");
            Table(text, assumption.Name);
        }

        text.Append("\n## Always, in every world\n");
        Table(text, WorldFactTable.Always);
        return text.Append('\n').ToString();
    }

    private static void Table(StringBuilder text, string assumption)
    {
        text.Append("\n| fact | says | source | checked |\n| --- | --- | --- | --- |\n");
        foreach (WorldFactRow fact in WorldFactTable.Rows.Where(fact => fact.Assumption == assumption))
        {
            text.Append($"| {fact.Name} | {Cell(fact.Says)} | {Cell(fact.Source)} | {fact.Checked} |\n");
        }
    }

    // Stars and underscores would be emphasis.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
