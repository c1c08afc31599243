using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Questions;

/// <summary>The questions that solvers were measured on come out as they should.</summary>
[Trait("Category", "Corpus")]
public sealed class SolverQuestionTests
{
    private static readonly string[] MustDecide = ["c2", "c3", "c4", "c5", "c7"];

    [Fact]
    public void Every_verdict_is_the_expected_one_or_unknown()
    {
        var reader = new QueryReader(new PolicyLoader());
        int asked = 0;
        foreach (string line in File.ReadLines(SharedData.Path("bench/solver/queries.ndjson")))
        {
            JsonTree document = JsonTreeReader.Read(new DocumentText(line, "queries.ndjson"));
            QueryReading reading = reader.Read(document.Root, document.Problems);
            Assert.NotNull(reading.Query);
            Answer answer = Prover.Answer(reading.Query);
            asked++;
            string id = reading.Id!.Trim('"');
            if (answer.Verdict != Verdict.Unknown || MustDecide.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal)))
            {
                Assert.Equal((id, reading.Query.Expected), (id, answer.Verdict));
            }
        }

        Assert.Equal(17, asked);
    }
}
