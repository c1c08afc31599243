using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Questions as a user writes them, and the answer in the form that a test reads.</summary>
internal static class Ask
{
    public static string Allow(string condition = "{}", string action = "*", string resource = "*") => Statement("Allow", condition, action, resource);

    public static string Deny(string condition = "{}", string action = "*", string resource = "*") => Statement("Deny", condition, action, resource);

    /// <summary>A Condition block of one line.</summary>
    public static string If(string op, string key, params string[] values) => $"{{\"{op}\":{{\"{key}\":{System.Text.Json.JsonSerializer.Serialize(values)}}}}}";

    /// <summary>Whether some request is allowed.</summary>
    public static Answer Can(string policy, string more = "") => Question($$"""{"question":"can","policy":{{policy}}{{more}}}""");

    public static Answer NotGranted(string policy, string forbidden, string more = "") =>
        Question($$"""{"question":"not-granted","policy":{{policy}},"forbidden":{{forbidden}}{{more}}}""");

    public static Answer Granted(string policy, string required, string more = "") =>
        Question($$"""{"question":"granted","policy":{{policy}},"required":{{required}}{{more}}}""");

    public static Answer NoNewAccess(string policy, string baseline, string more = "") =>
        Question($$"""{"question":"no-new-access","policy":{{policy}},"baseline":{{baseline}}{{more}}}""");

    public static Answer Equivalent(string policy, string baseline, string more = "") =>
        Question($$"""{"question":"equivalent","policy":{{policy}},"baseline":{{baseline}}{{more}}}""");

    /// <summary>A query in the batch format; its answer is held against the evaluator before a test sees it.</summary>
    public static Answer Question(string query)
    {
        Query read = Read(query);
        Answer answer = Prover.Answer(read);
        Assert.Null(Agreement.Disagreement(read, answer, 200, RandomRun.Random(1)));
        return answer;
    }

    public static Query Read(string query)
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText(query));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(document.Root, document.Problems);
        Assert.True(reading.Query is not null, string.Join("\n", reading.Problems));
        return reading.Query!;
    }

    /// <summary>The witness in one line: action, resource, keys, readings.</summary>
    public static string Told(this Answer answer) => answer.Witness is not { } witness ? $"{answer.Verdict}"
        : $"{answer.Verdict} {witness.Request.Action} {witness.Request.Resource}{string.Concat(witness.Request.Context.Select(e => $" {e.Key}={(e.Values.IsEmpty ? "absent" : string.Join("|", e.Values))}"))}{(witness.Readings == 0 ? "" : $" [{string.Join(", ", ReadingNames.Of(witness.Readings))}]")}";

    private static string Statement(string effect, string condition, string action, string resource) =>
        $$"""{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}","Condition":{{condition}}}""";
}
