using System.Collections.Immutable;
using System.Text.Json;

namespace ProvableSec.Logs.Rules;

/// <summary>
/// Reads what AWS WAF itself can filter and redact: a <c>LoggingFilter</c>, or a <c>LoggingConfiguration</c> with one and with <c>RedactedFields</c>
/// (AWS WAFV2 API Reference, "LoggingFilter", "ActionCondition", "LoggingConfiguration").
/// </summary>
internal static class LoggingConfigurationReader
{
    private static readonly string[] Actions = ["ALLOW", "BLOCK", "COUNT", "CAPTCHA", "CHALLENGE", "EXCLUDED_AS_COUNT"];

    /// <summary>Whether a document is one, or an answer of the API that holds one.</summary>
    public static bool IsOne(RulesNode root) =>
        root.Members.Exists(member => member.Name is "LoggingConfiguration" or "LoggingFilter" or "RedactedFields" or "Filters" or "DefaultBehavior");

    public static LogRules? Read(RulesNode root, RulesProblems problems)
    {
        if (Member(root, "LoggingConfiguration") is { } configuration)
        {
            return problems.ExpectObject(configuration, "LoggingConfiguration") ? Read(configuration, problems) : null;
        }

        bool bare = Member(root, "Filters") is not null || Member(root, "DefaultBehavior") is not null;
        if (!bare)
        {
            problems.ExpectMembers(
                root, "a logging configuration", "ResourceArn", "LogDestinationConfigs", "RedactedFields", "ManagedByFirewallManager", "LoggingFilter",
                "LogType", "LogScope");
        }

        ImmutableArray<LogRule> rules = [];
        RuleAction otherwise = RuleAction.Keep;
        if ((bare ? root : Member(root, "LoggingFilter")) is { } filter && problems.ExpectObject(filter, "LoggingFilter"))
        {
            problems.ExpectMembers(filter, "LoggingFilter", "Filters", "DefaultBehavior");
            rules = Member(filter, "Filters") is { Kind: JsonTokenType.StartArray } filters
                ? [.. filters.Elements.Select((element, index) => Filter(element, index, problems)).OfType<LogRule>()]
                : Missing<LogRule>(filter, "Filters", problems);
            otherwise = Member(filter, "DefaultBehavior") is { } behavior ? Behavior(behavior, problems) : MissingBehavior(filter, problems);
        }

        if (Member(root, "RedactedFields") is { Kind: not JsonTokenType.StartArray } one)
        {
            problems.Add(one, "RedactedFields must be an array");
        }

        ImmutableArray<Redaction> redactions = Member(root, "RedactedFields") is { } fields
            ? [.. fields.Elements.Select(field => RedactedField(field, problems)).OfType<Redaction>()]
            : [];
        return new LogRules(rules, otherwise, redactions);
    }

    private static LogRule? Filter(RulesNode node, int index, RulesProblems problems)
    {
        if (!problems.ExpectObject(node, "a filter"))
        {
            return null;
        }

        problems.ExpectMembers(node, "a filter", "Behavior", "Requirement", "Conditions");
        ImmutableArray<LogCondition> conditions = Member(node, "Conditions") is { Kind: JsonTokenType.StartArray, Elements.Count: > 0 } list
            ? [.. list.Elements.Select(element => Condition(element, problems)).OfType<LogCondition>()]
            : Missing<LogCondition>(node, "Conditions", problems);
        bool? all = Member(node, "Requirement") is { } requirement
            ? problems.ExpectWord(requirement, "Requirement", ("MEETS_ALL", true), ("MEETS_ANY", false))
            : null;
        if (all is null)
        {
            problems.Add(node, "\"Requirement\" is missing or unknown");
            return null;
        }

        RuleAction then = Member(node, "Behavior") is { } behavior ? Behavior(behavior, problems) : MissingBehavior(node, problems);
        return new LogRule($"Filters[{index}]", all.Value ? new LogCondition.All(conditions) : new LogCondition.Any(conditions), then);
    }

    private static LogCondition? Condition(RulesNode node, RulesProblems problems)
    {
        problems.ExpectMembers(node, "a condition", "ActionCondition", "LabelNameCondition");
        if (Member(node, "ActionCondition") is { } action && Member(action, "Action") is { Text: { } name } value)
        {
            if (Actions.Contains(name))
            {
                return Action(name);
            }

            problems.Add(value, $"Action must be one of {string.Join(", ", Actions)}");
        }
        else if (Member(node, "LabelNameCondition") is { } label && Member(label, "LabelName") is { Text: { } text })
        {
            // A label name has no wildcards; the characters it may have include no asterisk.
            return new LogCondition.Text(LogField.Label, null, [new TextPattern(text)]);
        }
        else
        {
            problems.Add(node, "a condition has an ActionCondition with an Action, or a LabelNameCondition with a LabelName");
        }

        return null;
    }

    /// <summary>The action that a record "must contain": the one that ended the evaluation, or that of a rule it lists.</summary>
    private static LogCondition Action(string name)
    {
        var listed = new LogCondition.Text(LogField.MatchedAction, null, [new TextPattern(name)]);
        return name switch
        {
            "COUNT" => listed,
            "EXCLUDED_AS_COUNT" => new LogCondition.Any([listed, new LogCondition.Text(LogField.OverriddenAction, null, [new TextPattern("*")])]),
            _ => new LogCondition.Any([new LogCondition.Text(LogField.Action, null, [new TextPattern(name)]), listed]),
        };
    }

    private static Redaction? RedactedField(RulesNode node, RulesProblems problems)
    {
        problems.ExpectMembers(node, "a redacted field", "SingleHeader", "UriPath", "QueryString", "Method");
        if (Member(node, "SingleHeader") is { } header)
        {
            if (Member(header, "Name") is { Text: { Length: > 0 } name })
            {
                return new Redaction(RedactionTarget.Header, [new TextPattern(name, ignoreCase: true)], false, RedactionMethod.Mask);
            }

            problems.Add(header, "SingleHeader has a Name");
            return null;
        }

        RedactionTarget? target = Member(node, "UriPath") is not null ? RedactionTarget.Uri
            : Member(node, "QueryString") is not null ? RedactionTarget.Args
            : Member(node, "Method") is not null ? RedactionTarget.HttpMethod
            : null;
        if (target is null)
        {
            problems.Add(node, "a redacted field is SingleHeader, UriPath, QueryString or Method");
            return null;
        }

        return new Redaction(target.Value, [], false, RedactionMethod.Mask);
    }

    private static RuleAction Behavior(RulesNode node, RulesProblems problems) =>
        problems.ExpectWord(node, "the behavior", ("KEEP", RuleAction.Keep), ("DROP", RuleAction.Drop)) ?? RuleAction.Keep;

    private static RuleAction MissingBehavior(RulesNode node, RulesProblems problems)
    {
        problems.Add(node, "the behavior, KEEP or DROP, is missing");
        return RuleAction.Keep;
    }

    private static ImmutableArray<T> Missing<T>(RulesNode node, string name, RulesProblems problems)
    {
        problems.Add(node, $"\"{name}\" is missing, or no array with something in it");
        return [];
    }

    private static RulesNode? Member(RulesNode node, string name) => node.Members.Find(member => member.Name == name).Value;
}
