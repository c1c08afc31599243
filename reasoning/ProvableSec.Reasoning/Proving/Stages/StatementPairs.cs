using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// How two statements stand to each other, as far as it is seen part by part: what is said is true of every request, in every world and under every reading of
/// what is disputed; much that is true is not said. Whom a statement names is compared as written.
/// </summary>
internal static class StatementPairs
{
    /// <summary>Whether a statement speaks of every request that another does, their actions apart.</summary>
    public static bool CoversButActions(Statement wide, Statement narrow, Budget budget) => !MayBeVoid(wide) && CoversUnlessVoid(wide, narrow, budget);

    /// <summary>Whether a statement speaks of every request that another does, under the readings in which a variable without a value voids no Deny.</summary>
    public static bool CoversByDefault(Statement wide, Statement narrow, Budget budget) =>
        CoversUnlessVoid(wide, narrow, budget) && CoversActions(wide, narrow, budget);

    private static bool CoversUnlessVoid(Statement wide, Statement narrow, Budget budget)
    {
        budget.Spend(1);
        budget.SpendWork((long)(wide.Conditions.Length + 1) * narrow.Conditions.Sum(line => 1 + line.Values.Length));
        return NamesAlike(wide, narrow) && HasLines(wide, narrow) && CoversResources(wide, narrow, budget);
    }

    /// <summary>The same for statements that say the same of resources and keys: which of many to compare first. Equal in every process, as the steps that are
    /// counted have to be.</summary>
    public static int KeyOf(Statement statement)
    {
        int key = (int)statement.Effect;
        if (statement.Resource is { } resource)
        {
            Add(resource.Patterns);
        }

        foreach (Condition line in statement.Conditions)
        {
            AddText(line.FoldedKey);
            Add(line.Values);
        }

        return key;

        void Add(ImmutableArray<PolicyPattern> patterns)
        {
            foreach (PolicyPattern pattern in patterns)
            {
                AddText(pattern.Text);
            }
        }

        void AddText(string text)
        {
            foreach (char c in text)
            {
                key = (key * 31) + c;
            }
        }
    }

    /// <summary>Whether a statement speaks of every request that another does.</summary>
    public static bool Covers(Statement wide, Statement narrow, Budget budget) =>
        CoversButActions(wide, narrow, budget) && CoversActions(wide, narrow, budget);

    /// <summary>Whether there is no request of which both statements speak.</summary>
    public static bool AreApart(Statement one, Statement other, Budget budget)
    {
        budget.Spend(1);
        return AreActionsApart(one, other, budget) || AreResourcesApart(one, other, budget);
    }

    /// <summary>Whether all resources that a statement names are seen to be none of some.</summary>
    public static bool NamesNoneOf(Statement statement, TextSet resources, Budget budget) => statement.Resource is { IsNot: false, Patterns.IsEmpty: false }
        && Named(statement) is { WithVariables.Count: 0, Plain: { Sensitivity: Reading.None } named }
        && SetPairs.AreApart(Plain(named), Plain(resources), budget);

    /// <summary>Whether a statement speaks of none of some actions.</summary>
    public static bool IsApartFrom(Statement statement, TextSet actions, Budget budget) => statement.Action.Patterns.IsEmpty
        || (statement.Action.IsNot ? SetPairs.IsIn(Plain(actions), ActionsOf(statement), budget)
            : SetPairs.AreApart(ActionsOf(statement), Plain(actions), budget));

    /// <summary>Whether a statement speaks of an action, in lower case.</summary>
    public static bool SpeaksOf(Statement statement, string action, Budget budget) =>
        !statement.Action.Patterns.IsEmpty && ActionsOf(statement).Contains(action, budget) != statement.Action.IsNot;

    /// <summary>Whether a statement speaks of all actions of a pattern.</summary>
    public static bool SpeaksOf(Statement statement, CharPattern actions, Budget budget) => !statement.Action.Patterns.IsEmpty
        && (statement.Action.IsNot ? SetPairs.AreApart(ActionsOf(statement), new PatternSet(actions), budget)
            : SetPairs.IsIn(actions, ActionsOf(statement), budget));

    /// <summary>The actions that the patterns of a statement name.</summary>
    public static PatternSet ActionsOf(Statement statement) => Plain(StatementSets.Of(statement).Actions);

    private static PatternSet Plain(TextSet set) => set.Patterns(Reading.None);

    private static bool NamesAlike(Statement wide, Statement narrow) => wide.Principal is null ? narrow.Principal is null
        : narrow.Principal is { } clause && wide.Effect == narrow.Effect && wide.Principal.IsNot == clause.IsNot
            && wide.Principal.Entries.Select(e => (e.Kind, e.Value)).SequenceEqual(clause.Entries.Select(e => (e.Kind, e.Value)));

    /// <summary>Whether a statement asks no more of the keys than another does.</summary>
    private static bool HasLines(Statement wide, Statement narrow)
    {
        foreach (Condition line in wide.Conditions)
        {
            if (!narrow.Conditions.Any(other => IsSame(line, other)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(Condition one, Condition other) => one.FoldedKey == other.FoldedKey && one.Operator.Comparison == other.Operator.Comparison
        && one.Operator.Set == other.Operator.Set && one.Operator.IfExists == other.Operator.IfExists && one.Values.Length == other.Values.Length
        && one.Values.Zip(other.Values, IsSame).All(same => same);

    private static bool IsSame(PolicyPattern one, PolicyPattern other) =>
        one.Text == other.Text && ((one.IsPlain && other.IsPlain) || one.Parts.SequenceEqual(other.Parts));

    /// <summary>Whether a Deny may be void where a policy variable has no value (docs/semantics.md).</summary>
    private static bool MayBeVoid(Statement statement) => statement.Effect == Effect.Deny
        && (statement.Conditions.Any(line => line.Operator.IsNegated && line.Values.Any(value => value.HasVariables))
            || (statement.Resource is { IsNot: true } resource && resource.Patterns.Any(pattern => pattern.HasVariables)));

    private static bool CoversActions(Statement wide, Statement narrow, Budget budget)
    {
        ActionClause most = wide.Action, least = narrow.Action;
        return least.Patterns.IsEmpty || (!most.Patterns.IsEmpty && (most.IsNot, least.IsNot) switch
        {
            (false, false) => SetPairs.IsIn(ActionsOf(narrow), ActionsOf(wide), budget),
            (true, true) => SetPairs.IsIn(ActionsOf(wide), ActionsOf(narrow), budget),
            (true, false) => SetPairs.AreApart(ActionsOf(wide), ActionsOf(narrow), budget),
            _ => ActionsOf(wide).IsEverything,
        });
    }

    private static bool AreActionsApart(Statement one, Statement other, Budget budget) => one.Action.Patterns.IsEmpty || other.Action.Patterns.IsEmpty
        || (one.Action.IsNot, other.Action.IsNot) switch
        {
            (false, false) => SetPairs.AreApart(ActionsOf(one), ActionsOf(other), budget),
            (true, false) => SetPairs.IsIn(ActionsOf(other), ActionsOf(one), budget),
            (false, true) => SetPairs.IsIn(ActionsOf(one), ActionsOf(other), budget),
            _ => false,
        };

    private static bool CoversResources(Statement wide, Statement narrow, Budget budget)
    {
        if (wide.Resource is not { } most || (narrow.Resource is { } none && none.Patterns.IsEmpty))
        {
            return true;
        }

        if (most.Patterns.IsEmpty)
        {
            return false;
        }

        if (narrow.Resource is not { } least)
        {
            return !most.IsNot && IsEverything(wide);
        }

        return (most.IsNot, least.IsNot) switch
        {
            (false, false) => AreIn(narrow, wide, budget),
            (true, true) => AreIn(wide, narrow, budget),
            (true, false) => AreResourcesApart(Named(wide), Named(narrow), budget),
            _ => IsEverything(wide),
        };
    }

    private static bool AreResourcesApart(Statement one, Statement other, Budget budget) =>
        one.Resource is { IsNot: false } && other.Resource is { IsNot: false } && AreResourcesApart(Named(one), Named(other), budget);

    private static bool AreResourcesApart(PatternsOfResource one, PatternsOfResource other, Budget budget) =>
        one.WithVariables.Count == 0 && other.WithVariables.Count == 0 && one.Plain.Sensitivity == Reading.None && other.Plain.Sensitivity == Reading.None
            && SetPairs.AreApart(Plain(one.Plain), Plain(other.Plain), budget);

    /// <summary>Whether the patterns of a statement's resources name only what those of another do.</summary>
    private static bool AreIn(Statement narrow, Statement wide, Budget budget)
    {
        PatternsOfResource least = Named(narrow), most = Named(wide);
        if (IsEverything(wide))
        {
            return true;
        }

        budget.SpendWork((long)narrow.Resource!.Patterns.Length * wide.Resource!.Patterns.Length);
        return least.WithVariables.Count == 0 && least.Plain.Sensitivity == Reading.None && most.Plain.Sensitivity == Reading.None
            ? SetPairs.IsIn(Plain(least.Plain), Plain(most.Plain), budget)
            : narrow.Resource.Patterns.All(pattern => wide.Resource.Patterns.Any(other => IsSame(pattern, other)));
    }

    private static bool IsEverything(Statement statement) => Named(statement).Plain is { Sensitivity: Reading.None } plain && Plain(plain).IsEverything;

    private static PatternsOfResource Named(Statement statement) => StatementSets.Of(statement).Resources;
}
