using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Sharding;

namespace ProvableSec.Tool.Verify;

/// <summary>A part of a run of <c>verify</c>: which one it is, and what of the whole no report of its own properties says.</summary>
/// <param name="Record">Which part of which run.</param>
/// <param name="Places">The places of its properties among all of them.</param>
/// <param name="Problems">What is wrong with the configuration, but for what checking its documents showed.</param>
internal sealed record VerifyShard(ShardRecord Record, ImmutableArray<int> Places, ImmutableArray<PolicyProblem> Problems)
{
    /// <summary>The part of a run.</summary>
    /// <param name="shard">Which part.</param>
    /// <param name="settings">What the command line says.</param>
    /// <param name="configuration">All that is asked.</param>
    /// <param name="rest">What that rests on: the files that were read, and the day.</param>
    public static VerifyShard Of(Shard shard, IEnumerable<string> settings, Configuration configuration, IEnumerable<string> rest) => new(
        ShardRecord.Of("verify", shard, settings, rest.Concat(Work(configuration))),
        [.. Enumerable.Range(0, configuration.Properties.Length).Where(shard.Has)],
        configuration.Problems);

    /// <summary>Writes the members of a part, its properties aside.</summary>
    public void Write(Utf8JsonWriter json, VerifyResult result)
    {
        json.WriteStartObject("record");
        json.WriteString("configuration", result.Configuration.Name);
        JsonRecord.WriteAll(json, "documents", result.Configuration.Documents, document =>
        {
            json.WriteString("file", document.File);
            json.WriteBoolean("checked", document.IsChecked);
            JsonRecord.WriteAll(json, "findings", document.Findings, problem => JsonRecord.Write(json, problem));
        });
        JsonRecord.WriteAll(json, "problems", Problems, problem => JsonRecord.Write(json, problem));
        JsonRecord.WriteAll(json, "warnings", result.Configuration.Warnings, problem => JsonRecord.Write(json, problem));
        JsonRecord.WriteAll(json, "checkedProblems", result.Checked?.Problems ?? [], problem => JsonRecord.Write(json, problem));
        JsonRecord.WriteAll(json, "checkedFindings", result.Checked?.Findings ?? [], finding =>
        {
            JsonRecord.Write(json, finding.Problem);
            json.WriteString("severity", finding.Severity.ToString());
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("title", finding.Rule.Title);
            json.WriteString("ruleSeverity", finding.Rule.Severity.ToString());
            json.WriteString("why", finding.Rule.Why);
            json.WriteString("remedy", finding.Rule.Remedy);
            json.WriteNumber("cwe", finding.Rule.Cwe);
        });
        JsonRecord.WriteAll(json, "waiverProblems", result.WaiverProblems, problem => JsonRecord.Write(json, problem));
        json.WriteEndObject();
    }

    /// <summary>Whatever bears on a verdict: of each question its stack, and which policies stand where in it.</summary>
    private static IEnumerable<string> Work(Configuration configuration)
    {
        var numbers = new Dictionary<PolicyDocument, int>(ReferenceEqualityComparer.Instance);
        foreach (ConfiguredProperty property in configuration.Properties)
        {
            yield return $"{property.Id} {property.Severity} {property.Expect} {property.Problems.Length}";
            yield return NumberOf(property.Questions.Select(question => question.Query.Property).FirstOrDefault());
            foreach (ConfiguredQuestion question in property.Questions)
            {
                yield return $"{question.Stack} {question.Undecided} {string.Join(' ', question.UnknownIfHolds.Concat(question.UnknownIfViolated))} "
                    + string.Join(' ', Documents(question).Select(placed => $"{placed.Slot} {NumberOf(placed.Document)}"));
            }
        }

        foreach (PolicyDocument document in numbers.Keys)
        {
            yield return new CacheKey("document").Add("document", document).ToString();
        }

        foreach (ConfiguredDocument document in configuration.Documents)
        {
            yield return $"{document.File} {document.Type} {document.IsChecked}";
        }

        string NumberOf(PolicyDocument? document)
        {
            if (document is null)
            {
                return "none";
            }

            if (!numbers.TryGetValue(document, out int number))
            {
                numbers.Add(document, number = numbers.Count);
            }

            return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<(PolicySlot? Slot, PolicyDocument Document)> Documents(ConfiguredQuestion question) =>
        ((IEnumerable<Reasoning.Questions.Subject?>)[question.Query.Subject, question.Query.Baseline, question.Certain?.Subject, question.Named?.Subject,
            question.Shared?.Subject]).SelectMany(subject => subject is null ? []
            : subject.Document is { } alone ? [(null, alone)] : subject.Stack!.Documents().Select(placed => ((PolicySlot?)placed.Slot, placed.Document)));
}
