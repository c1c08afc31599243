namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>Tests that write parts of one page at once.</summary>
public sealed class GeneratedPageTests
{
    [Fact]
    public void Nothing_that_another_wrote_is_lost()
    {
        const int Writers = 200;
        using var folder = new TemporaryFolder();
        string page = folder["page.md"];
        Parallel.For(0, Writers, number => GeneratedPage.Change(page, text => $"{text}{number}\n"));
        Assert.Equal(Enumerable.Range(0, Writers), File.ReadAllLines(page).Select(int.Parse).Order());
        Assert.Equal([page], Directory.GetFiles(folder["."]).Select(Path.GetFullPath));
    }
}
