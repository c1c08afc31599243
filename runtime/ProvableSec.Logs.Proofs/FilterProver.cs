using System.Collections.Immutable;
using ProvableSec.Logs.Rules;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Logs.Proofs;

/// <summary>Proves or refutes what a filter can drop. Deterministic; a budget counts steps, never time.</summary>
public static class FilterProver
{
    /// <summary>The steps that a question may cost unless told otherwise.</summary>
    public const long DefaultBudget = 5_000_000;

    // Of a sample the one record in this many that is kept must be met, or one that is not.
    private const int MostRequestIds = 10_000;

    /// <summary>Every question about one filter: what it keeps, whether each of its rules is met, whether redaction leaves copies.</summary>
    public static ImmutableArray<FilterProof> All(LogRules rules, long budget = DefaultBudget) =>
    [
        KeepsTerminated(rules, budget),
        KeepsCounted(rules, budget),
        .. rules.Rules.Select((_, index) => RuleIsMet(rules, index, budget)),
        .. rules.Redactions.IsEmpty ? (ReadOnlySpan<FilterProof>)[] : [LeavesNoCopy(rules, budget)],
    ];

    /// <summary><see cref="FilterProperty.KeepsTerminated"/>.</summary>
    public static FilterProof KeepsTerminated(LogRules rules, long budget = DefaultBudget) => Keeps(
        FilterProperty.KeepsTerminated, rules, RecordFormula.Has(LogField.Action, "BLOCK", "CAPTCHA", "CHALLENGE"), WitnessReplay.IsTerminated, budget);

    /// <summary><see cref="FilterProperty.KeepsCounted"/>.</summary>
    public static FilterProof KeepsCounted(LogRules rules, long budget = DefaultBudget) => Keeps(
        FilterProperty.KeepsCounted, rules, RecordFormula.Has(LogField.MatchedAction, "COUNT", "EXCLUDED_AS_COUNT"), WitnessReplay.IsCounted, budget);

    /// <summary><see cref="FilterProperty.SameRecords"/>; the witness is a record that one keeps and the other drops.</summary>
    public static FilterProof SameRecords(LogRules rules, LogRules baseline, long budget = DefaultBudget) => Ask(FilterProperty.SameRecords, budget, search =>
    {
        WitnessReplay replay = new(rules), other = new(baseline);
        bool sameKey = SamplingKey.AreSame(rules.SamplingKey, baseline.SamplingKey);
        foreach (RulePath path in RulePath.Of(rules))
        {
            foreach (RulePath otherPath in RulePath.Of(baseline))
            {
                bool same = (otherPath.Action, otherPath.OneIn) == (path.Action, path.OneIn) && (sameKey || path.Action != RuleAction.Sample);
                if (same || path.Excludes(otherPath))
                {
                    continue;
                }

                bool found = search.Find(
                    [.. path.Formulas, .. otherPath.Formulas],
                    RequestIds(path, otherPath),
                    record => replay.Drops(record) == other.Drops(record) ? null
                        : replay.Drops(record) ? $"dropped by \"{path.Id}\", kept by \"{otherPath.Id}\" of the baseline"
                        : $"kept by \"{path.Id}\", dropped by \"{otherPath.Id}\" of the baseline");
                if (found)
                {
                    return path.Id;
                }
            }
        }

        return null;
    });

    /// <summary><see cref="FilterProperty.RuleIsMet"/>.</summary>
    /// <param name="rules">The filter.</param>
    /// <param name="index">The rule, from 0.</param>
    /// <param name="budget">The steps it may cost.</param>
    public static FilterProof RuleIsMet(LogRules rules, int index, long budget = DefaultBudget)
    {
        RulePath path = RulePath.Of(rules).ElementAt(index);
        FilterProof proof = Ask(FilterProperty.RuleIsMet, budget, onlyWritten: true, search =>
        {
            // The same filter with that rule the only one that drops shows whether it is the one that is met.
            LogRules only = rules with
            {
                Rules = [.. rules.Rules.Select((rule, i) => rule with { Then = i == index ? RuleAction.Drop : RuleAction.Keep, OneIn = 1 })],
                Otherwise = RuleAction.Keep,
            };
            var replay = new WitnessReplay(only);
            search.Find([.. path.Formulas, .. RecordDomain.Of(rules)], 1, record => replay.Drops(record) ? "this record meets it" : null);
            return path.Id;
        });

        // What is found here is what was hoped for.
        return proof.Verdict switch
        {
            Verdict.Violated => proof with { Verdict = Verdict.Holds },
            Verdict.Holds => proof with
            {
                Verdict = Verdict.Violated,
                Rule = path.Id,
                Reason = "every record that AWS WAF writes and that meets it meets a rule before it, or none meets it"
            },
            _ => proof with { Rule = path.Id },
        };
    }

    /// <summary><see cref="FilterProperty.LeavesNoCopy"/>.</summary>
    public static FilterProof LeavesNoCopy(LogRules rules, long budget = DefaultBudget) => Ask(FilterProperty.LeavesNoCopy, budget, search =>
    {
        // With RedactMatchDetails every value there is masked, whatever it is; without it none is, and any record that is kept shows it.
        if (rules.Redactions.IsEmpty || rules.RedactMatchDetails)
        {
            return null;
        }

        const string Copy = "a copy of the value";
        var replay = new WitnessReplay(rules);
        foreach (RulePath path in RulePath.Of(rules).Where(path => path.Action != RuleAction.Drop))
        {
            if (search.Find(path.Formulas, RequestIds(path), record => replay.Filter(record)?.Contains(Copy, StringComparison.Ordinal) == true
                ? "matchedData goes through as it is" : null, Copy))
            {
                return path.Id;
            }
        }

        return null;
    });

    private static FilterProof Keeps(FilterProperty property, LogRules rules, RecordFormula concerned, Func<string, bool> isConcerned, long budget) =>
        Ask(property, budget, search =>
    {
        var replay = new WitnessReplay(rules);
        foreach (RulePath path in RulePath.Of(rules).Where(path => path.Action != RuleAction.Keep))
        {
            if (search.Find([concerned, .. path.Formulas], RequestIds(path), record => isConcerned(record) && replay.Drops(record) ? $"dropped by \"{path.Id}\""
                : null))
            {
                return path.Id;
            }
        }

        return null;
    });

    private static int RequestIds(params ReadOnlySpan<RulePath> paths)
    {
        foreach (RulePath path in paths)
        {
            if (path.Action == RuleAction.Sample)
            {
                return MostRequestIds;
            }
        }

        return 1;
    }

    private static FilterProof Ask(FilterProperty property, long budget, Func<WitnessSearch, string?> ask) => Ask(property, budget, onlyWritten: false, ask);

    private static FilterProof Ask(FilterProperty property, long budget, bool onlyWritten, Func<WitnessSearch, string?> ask)
    {
        var steps = new Budget(budget);
        var search = new WitnessSearch(new CaseAnalysis(steps, onlyWritten));
        try
        {
            string? rule = ask(search);
            return search switch
            {
                { Witness: { } witness } => new FilterProof(property, Verdict.Violated, rule, witness, search.Shows!, steps.Spent),
                { Doubt: { } doubt } => new FilterProof(property, Verdict.Unknown, null, null, doubt, steps.Spent),
                _ => new FilterProof(property, Verdict.Holds, null, null, "", steps.Spent),
            };
        }
        catch (BudgetExhaustedException e)
        {
            return new FilterProof(property, Verdict.Unknown, null, null, e.Message, budget);
        }
    }
}
