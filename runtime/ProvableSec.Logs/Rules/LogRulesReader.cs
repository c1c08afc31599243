using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Rules;

/// <summary>
/// Reads rules in their own format (<c>schemas/log-rules.schema.json</c>), or an AWS WAF logging configuration (<c>LoggingFilter</c>, <c>RedactedFields</c>).
/// </summary>
public static class LogRulesReader
{
    private const int MostOneIn = 1_000_000_000, MostNames = 16;

    /// <summary>Reads a document.</summary>
    /// <param name="json">Its bytes in UTF-8, with or without byte order mark.</param>
    public static LogRulesReading Read(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        var problems = new RulesProblems(json.ToArray());
        LogRules? rules = null;
        try
        {
            RulesNode root = RulesNode.Read(json);
            if (problems.ExpectObject(root, "a file of rules"))
            {
                rules = LoggingConfigurationReader.IsOne(root) ? LoggingConfigurationReader.Read(root, problems) : ReadRoot(root, problems);
            }
        }
        catch (JsonException e)
        {
            return new LogRulesReading(null, [new RulesProblem(
                "this is not JSON: " + e.Message.Split(" LineNumber:")[0], (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1)]);
        }

        return problems.All.IsEmpty ? new LogRulesReading(rules, []) : new LogRulesReading(null, problems.All);
    }

    private static LogRules ReadRoot(RulesNode root, RulesProblems problems)
    {
        problems.ExpectMembers(root, "a file of rules", "$schema", "version", "rules", "otherwise", "redact", "matchDetails", "unwrap", "samplingKey");
        ImmutableArray<LogRule> rules = [];
        ImmutableArray<Redaction> redactions = [];
        RuleAction otherwise = RuleAction.Keep;
        bool matchDetails = true, version = false;
        ImmutableArray<string> unwrap = [];
        SamplingKey? samplingKey = null;
        foreach ((string name, _, RulesNode value) in root.Members)
        {
            switch (name)
            {
                case "version":
                    version = true;
                    problems.ExpectNumber(value, "version", 1, 1);
                    break;
                case "rules":
                    rules = ReadRules(value, problems);
                    break;
                case "otherwise":
                    otherwise = problems.ExpectWord(value, "otherwise", ("keep", RuleAction.Keep), ("drop", RuleAction.Drop)) ?? otherwise;
                    break;
                case "redact":
                    redactions = RedactionReader.Read(value, problems);
                    break;
                case "matchDetails":
                    matchDetails = problems.ExpectWord(value, "matchDetails", ("redact", true), ("keep", false)) ?? true;
                    break;
                case "unwrap":
                    unwrap = ReadUnwrap(value, problems);
                    break;
                case "samplingKey":
                    samplingKey = ReadSamplingKey(value, problems);
                    break;
            }
        }

        if (!version)
        {
            problems.Add(root, "\"version\": 1 is missing");
        }

        return new LogRules(rules, otherwise, redactions, matchDetails) { Unwrap = unwrap, SamplingKey = samplingKey };
    }

    private static ImmutableArray<string> ReadUnwrap(RulesNode node, RulesProblems problems)
    {
        ImmutableArray<(RulesNode Node, string Text)> names = problems.ExpectTexts(node, "unwrap");
        foreach ((RulesNode name, string text) in names)
        {
            if (text.Length == 0 || RecordMembers.IsOfRecord(text))
            {
                problems.Add(name, $"\"{text}\" is not the name of a member below which a whole record stands, such as \"message\"");
            }
        }

        if (names.Length > MostNames)
        {
            problems.Add(node, $"unwrap has at most {MostNames} names");
        }

        return [.. names.Select(name => name.Text)];
    }

    private static SamplingKey? ReadSamplingKey(RulesNode node, RulesProblems problems)
    {
        if (problems.ExpectText(node, "samplingKey") is not { } key)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(key) >= SamplingKey.LeastBytes)
        {
            return new SamplingKey(key);
        }

        problems.Add(node, $"samplingKey must have at least {SamplingKey.LeastBytes} bytes: it is a secret that clients must not guess");
        return null;
    }

    private static ImmutableArray<LogRule> ReadRules(RulesNode node, RulesProblems problems)
    {
        if (node.Kind != JsonTokenType.StartArray)
        {
            problems.Add(node, "rules must be an array");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal) { LogRules.OtherwiseId };
        var rules = ImmutableArray.CreateBuilder<LogRule>();
        foreach (RulesNode rule in node.Elements)
        {
            if (problems.ExpectObject(rule, "a rule") && ReadRule(rule, ids, problems) is { } read)
            {
                rules.Add(read);
            }
        }

        return rules.ToImmutable();
    }

    private static LogRule? ReadRule(RulesNode node, HashSet<string> ids, RulesProblems problems)
    {
        problems.ExpectMembers(node, "a rule", "id", "when", "then", "oneIn");
        string? id = null;
        LogCondition? when = null;
        RuleAction? then = null;
        int? oneIn = null;
        foreach ((string name, _, RulesNode value) in node.Members)
        {
            switch (name)
            {
                case "id":
                    id = problems.ExpectText(value, "id");
                    if (id is not null && (id.Length == 0 || !ids.Add(id)))
                    {
                        problems.Add(value, id.Length == 0 ? "id must not be empty" : $"\"{id}\" is the id of another rule, or of what is done otherwise");
                    }

                    break;
                case "when":
                    when = ConditionReader.Read(value, problems);
                    break;
                case "then":
                    then = problems.ExpectWord(value, "then", ("keep", RuleAction.Keep), ("drop", RuleAction.Drop), ("sample", RuleAction.Sample));
                    break;
                case "oneIn":
                    oneIn = problems.ExpectNumber(value, "oneIn", 2, MostOneIn);
                    break;
            }
        }

        foreach (string needed in (ReadOnlySpan<string>)["id", "when", "then"])
        {
            if (!node.Members.Exists(member => member.Name == needed))
            {
                problems.Add(node, $"\"{needed}\" is missing");
            }
        }

        if (then is not null && then == RuleAction.Sample != node.Members.Exists(member => member.Name == "oneIn"))
        {
            problems.Add(node, then == RuleAction.Sample ? "\"oneIn\" is missing: of how many records one is kept"
                : "\"oneIn\" is for \"then\": \"sample\" only");
        }

        return id is null || when is null || then is null ? null : new LogRule(id, when, then.Value, oneIn ?? 1);
    }
}
