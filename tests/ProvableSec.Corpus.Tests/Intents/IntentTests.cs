using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Intents;

/// <summary>What AWS's example guardrails promise, proved or refuted (docs/org-policy-examples.md explains the refuted ones).</summary>
[Trait("Category", "Corpus")]
public sealed class IntentTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_example_keeps_or_breaks_its_promises_as_expected()
    {
        Dictionary<string, JsonElement> examples = Examples();
        List<Intent> intents = Intent.All();
        List<string> wrong = [.. examples.Keys.Except(intents.Select(i => i.Path)).Select(path => $"{path}: no intent")];

        foreach (Intent intent in intents)
        {
            string got = Verdict(intent, examples[intent.Path]);
            if (got != intent.Expect)
            {
                wrong.Add($"{intent}: expected {intent.Expect}, got {got}");
            }

            Assert.True(intent.Expect == "holds" == (intent.Why.Length == 0), $"{intent}: says why if and only if it is not kept");
        }

        output.WriteLine(string.Join(", ", intents.GroupBy(i => i.Expect).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")));
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private string Verdict(Intent intent, JsonElement example)
    {
        if (!example.TryGetProperty("document", out JsonElement document))
        {
            Assert.True(example.TryGetProperty("raw", out JsonElement raw));
            PolicyProblem problem = Assert.Single(PolicyReader.Read(new SourceText(raw.Text, "document")).Problems);
            return problem.ToString().StartsWith($"document:{intent.Error}", StringComparison.Ordinal) ? "error" : problem.ToString();
        }

        string text = intent.QueryAbout(document.Document.Source.Text.Substring(document.Span.Start, document.Span.Length));
        JsonDocument query = JsonReader.Read(new SourceText(text, "query"));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(query.Root, query.Problems);
        if (reading.Query is null)
        {
            return string.Join("; ", reading.Problems);
        }

        Answer answer = Prover.Answer(reading.Query);
        string verdict = answer.Verdict.ToString().ToLowerInvariant();
        bool isVacuous = answer.Warnings.Any(w => w.Contains("no request at all", StringComparison.Ordinal));
        if (verdict != intent.Expect || isVacuous)
        {
            output.WriteLine($"{intent}\n    {verdict}: {answer.Reason} {string.Join(", ", answer.Warnings)}\n    {text}");
        }

        if (answer.Witness is { } witness)
        {
            output.WriteLine($"{verdict} {intent}\n    {Shown(witness)}");
        }

        return isVacuous ? "a proof about no request at all" : verdict;
    }

    private static string Shown(Witness witness)
    {
        AccessRequest request = witness.Request;
        string readings = witness.Readings == default ? "" : $" · readings {witness.Readings}";
        return string.Join(" · ", [request.Principal.Name, request.Action, request.Resource, .. request.Context.Select(c => $"{c.Key} = {string.Join("|", c.Values)}")]) + readings;
    }

    private static Dictionary<string, JsonElement> Examples()
    {
        var examples = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(SharedData.Path("data/org-policy-examples.ndjson")))
        {
            JsonElement example = JsonReader.Read(new SourceText(line, "org-policy-examples.ndjson")).Root;
            Assert.True(example.TryGetProperty("path", out JsonElement path));
            examples.Add(path.Text, example);
        }

        Assert.Equal(109, examples.Count);
        return examples;
    }
}
