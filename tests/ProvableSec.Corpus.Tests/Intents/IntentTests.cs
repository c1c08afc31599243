using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Corpus.Tests.Intents;

/// <summary>What AWS's example guardrails claim, proved or refuted (docs/org-policy-examples.md explains the refuted claims).</summary>
[Trait("Category", "Corpus")]
public sealed class IntentTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_claim_of_every_example_comes_out_as_expected()
    {
        Dictionary<string, JsonItem> examples = Examples();
        List<Intent> intents = Intent.All();
        List<string> wrong = [.. examples.Keys.Except(intents.Select(i => i.Path)).Select(path => $"{path}: no intent")];
        foreach (AskedIntent asked in Ask(intents, examples))
        {
            Intent intent = asked.Intent;
            if (asked.Verdict != intent.Expect)
            {
                wrong.Add($"{intent}: expected {intent.Expect}, got {asked.Verdict}");
            }

            if ((intent.Expect == "holds") != (intent.Why.Length == 0))
            {
                wrong.Add($"{intent}: says why if and only if it is refuted");
            }
        }

        output.WriteLine(string.Join(", ", intents.GroupBy(i => i.Expect).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")));
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>Set PROVABLESEC_WRITE_DOCS=1 to write the page anew.</summary>
    [Fact]
    public void The_page_explains_every_refuted_claim()
    {
        string page = File.ReadAllText(IntentPage.File), made = IntentPage.With(page, [.. Ask(Intent.All(), Examples())]);
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_DOCS") == "1")
        {
            File.WriteAllText(IntentPage.File, made);
            page = made;
        }

        Assert.Equal(IntentPage.WithoutRequests(made), IntentPage.WithoutRequests(page));
    }

    private IEnumerable<AskedIntent> Ask(List<Intent> intents, Dictionary<string, JsonItem> examples) =>
        intents.Select(intent => AskedIntent.Ask(intent, examples[intent.Path], output.WriteLine));

    private static Dictionary<string, JsonItem> Examples()
    {
        var examples = new Dictionary<string, JsonItem>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(SharedData.Path("data/org-policy-examples.ndjson")))
        {
            JsonItem example = JsonTreeReader.Read(new DocumentText(line, "org-policy-examples.ndjson")).Root;
            Assert.True(example.TryGetProperty("path", out JsonItem path));
            examples.Add(path.Text, example);
        }

        Assert.Equal(109, examples.Count);
        return examples;
    }
}
