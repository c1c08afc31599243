using System.Collections.Immutable;

namespace ProvableSec.Logs.Rules;

/// <summary>A filter as its author wrote it. Immutable.</summary>
/// <param name="Rules">The rules; the first whose condition a record meets decides.</param>
/// <param name="Otherwise">What is done with records that no rule speaks of: <see cref="RuleAction.Keep"/> or <see cref="RuleAction.Drop"/>.</param>
/// <param name="Redactions">Changes to the records that are kept.</param>
/// <param name="RedactMatchDetails">
/// Whether, when there are redactions, what rules matched (<c>matchedData</c>, <c>limitValue</c>, <c>customValues</c>) is masked too: it may hold a copy of a
/// redacted value.
/// </param>
public sealed record LogRules(ImmutableArray<LogRule> Rules, RuleAction Otherwise, ImmutableArray<Redaction> Redactions, bool RedactMatchDetails = true)
{
    /// <summary>The rule id that counts use for records that no rule speaks of.</summary>
    public const string OtherwiseId = "otherwise";

    /// <summary>
    /// Drops what the web ACL's default action allowed and no rule matched, not even one that only counts, and keeps everything else.
    /// </summary>
    public static LogRules Default { get; } = new(
        [
            new LogRule(
                "default-action-allow",
                new LogCondition.All(
                [
                    new LogCondition.Text(LogField.TerminatingRuleId, null, [new TextPattern("Default_Action")]),
                    new LogCondition.Text(LogField.Action, null, [new TextPattern("ALLOW")]),
                    new LogCondition.Not(new LogCondition.Text(LogField.MatchedAction, null, [new TextPattern("*")])),
                ]),
                RuleAction.Drop),
        ],
        RuleAction.Keep,
        []);

    /// <summary>The members below which records stand when something wrapped them on the way: <c>{"message": …}</c>. None unless the rules name them.</summary>
    public ImmutableArray<string> Unwrap { get; init; } = [];

    /// <summary>The key by which samples are drawn; null for none.</summary>
    public SamplingKey? SamplingKey { get; init; }

    /// <summary>True when some rule keeps a sample.</summary>
    public bool Samples => Rules.Any(rule => rule.Then == RuleAction.Sample);

    /// <summary>True when some redaction needs the user's key.</summary>
    public bool NeedsKey => Redactions.Any(redaction => redaction.Method == RedactionMethod.Hmac);
}
