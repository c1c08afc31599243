namespace ProvableSec.Tests;

/// <summary>A part of <c>docs/comparison.md</c> that a test makes. PROVABLESEC_WRITE_PAGES=1 writes it anew.</summary>
public static class ComparisonPage
{
    private static readonly string File = Repository.Path("docs/comparison.md");

    /// <summary>Asserts that the page has this table below a heading.</summary>
    public static void AssertTable(string heading, string table)
    {
        string page = System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"), mark = $"## {heading}\n";
        int start = page.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/comparison.md has no \"{heading}\"");
        start = page.IndexOf("| ", start, StringComparison.Ordinal);
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_PAGES") == "1")
        {
            System.IO.File.WriteAllText(File, page[..start] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[start..end]);
    }
}
