using System.Text.Json;

namespace ProvableSec.Tool.Tests.Verify;

/// <summary>The sample that is documentation, too.</summary>
public sealed class SampleTests
{
    private static readonly string Configuration = Path.Combine(Repository.Root, "samples", "guardrails", "provablesec.json");

    [Fact]
    public void Every_property_of_the_guardrails_comes_out_as_its_author_expects()
    {
        ToolRun run = ToolRun.Command("verify", Configuration, "--format", "json");
        JsonElement[] properties = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("properties").EnumerateArray()];
        Assert.Equal(51, properties.Length);
        Assert.Equal([], properties.Where(p => !p.GetProperty("ok").GetBoolean()).Select(p => p.GetProperty("id").GetString()));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void The_readme_shows_what_the_run_prints()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "samples", "guardrails", "README.md")).ReplaceLineEndings("\n");
        ToolRun run = ToolRun.Command("verify", Configuration);
        foreach (string line in run.Lines[..^1].Where(line => !line.StartsWith(' ')))
        {
            // Up to the time, which is another one each run; and a better witness does not make the recorded one wrong.
            string stable = line.Split("  holds ")[0].Split("  violated ")[0];
            Assert.Contains(stable, readme, StringComparison.Ordinal);
        }

        Assert.Contains(run.Lines[^1].Split(" · ")[0], readme, StringComparison.Ordinal);
    }
}
