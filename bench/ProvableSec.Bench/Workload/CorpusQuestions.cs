using System.Text.Json.Nodes;
using ProvableSec.Bench.Output;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Workload;

/// <summary>
/// What users ask about real policies, by the thousand and the same on every run: is there new access between neighbours by name, and after
/// a change; does a policy do what a guardrail is there to prevent, alone and under the guardrail; can an outsider reach a bucket, queue or key.
/// </summary>
internal static class CorpusQuestions
{
    private const int Seed = 20260101, GuardrailsEach = 3, ResourcePolicies = 3_000;
    private const string Account = "111122223333";

    /// <summary>All of them; null, and a remark, when the policies are not there.</summary>
    public static IReadOnlyList<CorpusQuestion>? ReadAll(SharedFolder shared, Report report)
    {
        const string Examples = "data/org-policy-examples.ndjson";
        if (ManagedPolicy.ReadAll(shared, report) is not { } managed)
        {
            return null;
        }

        if (shared.Find(Examples) is not { } path)
        {
            report.Remark($"skipped: {Examples} is not in the shared folder");
            return null;
        }

        return [.. Neighbours(managed), .. Changed(managed), .. Guardrails(managed, [.. File.ReadLines(path)]), .. Public()];
    }

    private static IEnumerable<CorpusQuestion> Neighbours(IReadOnlyList<ManagedPolicy> managed) =>
        managed.Zip(managed.Skip(1)).SelectMany(p => new[] { (p.First, p.Second), (p.Second, p.First) }).Select(p => NewAccess("neighbours", p.Item1, p.Item2));

    private static IEnumerable<CorpusQuestion> Changed(IReadOnlyList<ManagedPolicy> managed)
    {
        var random = new Random(Seed);
        foreach (ManagedPolicy policy in managed)
        {
            ManagedPolicy changed = PolicyChange.Of(policy, managed, random);
            yield return NewAccess("changed", changed, policy);
            yield return NewAccess("changed", policy, changed);
        }
    }

    private static CorpusQuestion NewAccess(string kind, ManagedPolicy policy, ManagedPolicy baseline) =>
        new(kind, $"{policy.Name} against {baseline.Name}", read => QueryReader.Complete(
        null, Question.NoNewAccess, Subject.Of(read(policy.Text)), Subject.Of(read(baseline.Text)), null, RequestPattern.Any, PolicyType.Identity));

    /// <summary>What a guardrail denies is what it forbids: each of its Deny statements as an Allow.</summary>
    private static IEnumerable<CorpusQuestion> Guardrails(IReadOnlyList<ManagedPolicy> managed, string[] examples)
    {
        var guardrails = new List<(string Name, string Text, string Forbidden)>();
        foreach (JsonNode example in examples.Select(e => JsonNode.Parse(e)!))
        {
            if (example["type"]!.GetValue<string>() == "SCP" && example["document"] is JsonObject document && Forbidden(document) is { } forbidden)
            {
                guardrails.Add((example["path"]!.GetValue<string>(), document.ToJsonString(), forbidden));
            }
        }

        for (int i = 0; i < managed.Count; i++)
        {
            ManagedPolicy policy = managed[i];
            for (int j = 0; j < GuardrailsEach; j++)
            {
                (string name, string text, string forbidden) = guardrails[((i * GuardrailsEach) + j) % guardrails.Count];
                yield return new("guardrail", $"{policy.Name} under {name}", read => Ask(read, policy.Text, [PolicyJson.Everything, text], forbidden));
                yield return new("guardrail", $"{policy.Name} without {name}", read => Ask(read, policy.Text, [PolicyJson.Everything], forbidden));
            }
        }

        static Query Ask(Func<string, PolicyDocument> read, string policy, string[] controls, string forbidden) => QueryReader.Complete(
            null,
            Question.NotGranted,
            Subject.Of(new PolicyStack { Account = Account, IdentityPolicies = [read(policy)], ServiceControlPolicies = [[.. controls.Select(read)]] }),
            null,
            read(forbidden),
            RequestPattern.Any,
            null);
    }

    private static string? Forbidden(JsonObject guardrail)
    {
        var property = (JsonObject)guardrail.DeepClone();
        JsonObject[] statements = [.. (property["Statement"] is JsonArray all ? all.OfType<JsonObject>() : [(JsonObject)property["Statement"]!])
            .Where(s => s["Effect"]!.GetValue<string>() == "Deny").Select(s => (JsonObject)s.DeepClone())];
        foreach (JsonObject statement in statements)
        {
            statement["Effect"] = "Allow";
        }

        property["Statement"] = new JsonArray([.. statements]);
        return statements.Length > 0 ? property.ToJsonString() : null;
    }

    private static IEnumerable<CorpusQuestion> Public()
    {
        var random = new Random(Seed);
        for (int i = 0; i < ResourcePolicies; i++)
        {
            string text = GeneratedResourcePolicy.Next(random);
            yield return new("public access", text, read => QueryReader.Complete(
                null, Question.NoPublicAccess, Subject.Of(read(text)), null, null, RequestPattern.Any, PolicyType.Resource));
        }
    }
}
