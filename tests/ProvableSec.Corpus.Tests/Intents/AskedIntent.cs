using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Intents;

/// <summary>An intent and what became of it.</summary>
/// <param name="Intent">The intent.</param>
/// <param name="Verdict">As the intent's <see cref="Intent.Expect"/> says it, or what went wrong.</param>
/// <param name="Witness">The request that shows it.</param>
internal sealed record AskedIntent(Intent Intent, string Verdict, Witness? Witness)
{
    /// <summary>Asks an intent about its example.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="example">The line of the corpus.</param>
    /// <param name="report">Takes what there is to say of an intent that does not come out as expected.</param>
    public static AskedIntent Ask(Intent intent, JsonItem example, Action<string> report)
    {
        if (!example.TryGetProperty("document", out JsonItem document))
        {
            Assert.True(example.TryGetProperty("raw", out JsonItem raw));
            PolicyProblem problem = Assert.Single(PolicyReader.Read(new DocumentText(raw.Text, "document")).Problems);
            bool isExpected = problem.ToString().StartsWith($"document:{intent.Error}", StringComparison.Ordinal);
            return new AskedIntent(intent, isExpected ? "error" : problem.ToString(), null);
        }

        string text = intent.QueryAbout(document.Document.Source.Text.Substring(document.Span.Start, document.Span.Length));
        JsonTree query = JsonTreeReader.Read(new DocumentText(text, "query"));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(query.Root, query.Problems);
        if (reading.Query is null)
        {
            return new AskedIntent(intent, string.Join("; ", reading.Problems), null);
        }

        Answer answer = Prover.Answer(reading.Query);
        var asked = new AskedIntent(intent, answer.Vacuous ?? answer.Verdict.ToString().ToLowerInvariant(), answer.Witness);
        if (asked.Verdict != intent.Expect)
        {
            report($"{intent}\n    {asked.Verdict}: {answer.Reason} {asked.Request()}\n    {text}");
        }

        return asked;
    }

    /// <summary>The request that shows the verdict, in a line.</summary>
    public string Request()
    {
        if (Witness is not { Request: { } request, Readings: var readings })
        {
            return "";
        }

        IEnumerable<string> keys = request.Context.Select(c => $"{c.Key} = {string.Join(", ", c.Values)}");

        // Most ARNs say whose they are.
        string[] owner = request.ResourceAccount is { } account && request.Resource.Split(':') is [_, _, _, _, "", ..] ? [$"the resource is {account}'s"] : [];
        string[] disputed = readings == Reading.None ? [] : [$"read so: {readings}"];
        return string.Join(" · ", [request.Principal.Name, request.Action, request.Resource, .. owner, .. keys, .. disputed]);
    }
}
