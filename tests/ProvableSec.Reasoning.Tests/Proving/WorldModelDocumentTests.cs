using System.Text;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Tests.PublicApi;

namespace ProvableSec.Reasoning.Tests.Proving;

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

    private static string Generated()
    {
        var text = new StringBuilder();
        foreach (Assumption assumption in Prover.Assumptions)
        {
            text.Append($"\n## `{assumption.Name}`\n\n{assumption.Says}\n\nSource: {assumption.Source}.\n");
        }

        return text.Append('\n').ToString();
    }
}
