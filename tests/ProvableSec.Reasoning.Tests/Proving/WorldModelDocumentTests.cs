using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Tests.PublicApi;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>The page about the world model says what the code assumes.</summary>
public sealed class WorldModelDocumentTests
{
    private readonly string page = File.ReadAllText(Repository.Path("docs/world-model.md"));

    public static TheoryData<string> Names => [.. Prover.AssumptionNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_assumption_is_on_the_page_with_its_words_and_its_source(string name)
    {
        Assumption assumption = Prover.Assumptions.Single(a => a.Name == name);
        Assert.Contains($"## `{name}`\n\n{assumption.Says}\n\nSource: {assumption.Source}.\n", page, StringComparison.Ordinal);
    }
}
