using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// What one Allow statement of each layer grants together: actions, resources and conditions that must all hold, less the limits, which are
/// written as Deny statements because a NotAction is not a list of actions.
/// </summary>
internal sealed record AccessCell
{
    // What clauses name, for as long as they are there: the same few are compared with every cell of a side.
    private static readonly ConditionalWeakTable<object, PatternSymbolSet> Named = new();

    // Before what is made of it.
    private static readonly ImmutableArray<PolicyPattern> Star = ImmutableArray.Create(PolicyPattern.Plain("*"));

    // Of the cell that made them: a cell with other patterns has other sets.
    private PatternSymbolSet? actionSet, resourceSet;

    /// <summary>What no statement has narrowed yet.</summary>
    public static AccessCell Everything { get; } = new();

    public ImmutableArray<PolicyPattern> Actions { get; init; } = Star;

    public ImmutableArray<PolicyPattern> Resources { get; init; } = Star;

    public ImmutableArray<Condition> Conditions { get; init; } = ImmutableArray<Condition>.Empty;

    /// <summary>Each speaks of actions or of resources alone, so that turning its Not around is its complement.</summary>
    public ImmutableArray<Statement> Limits { get; init; } = ImmutableArray<Statement>.Empty;

    /// <summary>True for the calls that need no permission and that no policy denies.</summary>
    public bool IsFree { get; init; }

    /// <summary>What is left of the cell where a statement allows too; null when nothing is.</summary>
    public AccessCell? With(Statement allow)
    {
        if (AccessDocument.Possible(allow) is not { } possible)
        {
            return null;
        }

        allow = possible;
        AccessCell? cell = allow.Action.IsNot ? WithoutActions(allow.Action.Patterns) : WithActions(allow.Action.Patterns);
        cell = allow.Resource is not { } resource ? cell : resource.IsNot ? cell?.WithoutResources(resource.Patterns) : cell?.WithResources(resource.Patterns);
        return cell is null ? null
            : cell with { Conditions = cell.Conditions.AddRange(allow.Conditions.Where(c => !cell.Conditions.Any(have => Same(have, c)))) };
    }

    /// <summary>The part of it that may hold requests for these actions and resources.</summary>
    public AccessCell? Within(IReadOnlyList<string> actions, string? resource)
    {
        AccessCell? cell = WithActions(actions.Select(a => PolicyPattern.Plain(a)).ToImmutableArray());
        if (cell is null || resource is null)
        {
            return cell;
        }

        // The question itself holds requests to the resource asked about: where patterns cross, the policy's words stay.
        PatternSymbols asked = PatternSymbols.OfText(resource);
        var kept = ImmutableArray.CreateBuilder<PolicyPattern>();
        foreach (PolicyPattern pattern in cell.Resources)
        {
            PatternSymbols symbols = PatternSymbols.OfResource(pattern);
            if (symbols.Covers(asked))
            {
                return cell with { Resources = ImmutableArray.Create(PolicyPattern.Plain(resource)) };
            }

            if (symbols.MayMeet(asked))
            {
                kept.Add(pattern);
            }
        }

        return kept.Count == 0 ? null : cell with { Resources = kept.ToImmutable() };
    }

    /// <summary>The cell's requests as an Allow statement, its limits apart.</summary>
    public Statement Grant => Make(Effect.Allow, new ActionClause(false, Actions, default), new ResourceClause(false, Resources, default), Conditions);

    /// <summary>Whether a Deny statement may speak of some request of the cell.</summary>
    public bool MayBeDenied(Statement deny) =>
        (deny.Action.IsNot ? !Of(deny.Action).CoversAll(ActionSet) : Of(deny.Action).MayMeetAny(ActionSet))
        && (deny.Resource is not { } resource
            || (resource.IsNot ? !Of(resource).CoversAll(ResourceSet) : Of(resource).MayMeetAny(ResourceSet)));

    /// <summary>Whether some request of the cell may be none that a statement speaks of by name.</summary>
    public bool MayBeOther(Statement statement) =>
        !Of(statement.Action).CoversAll(ActionSet)
        || !Resources.All(r => r.Text == "*" || Of(statement.Resource!).Covers(PatternSymbols.OfText(r.Text)));

    /// <summary>Whether every request of this cell plainly is one of another.</summary>
    public bool LiesIn(AccessCell other) =>
        other.IsFree == IsFree && other.Limits.All(l => Limits.Any(m => ReferenceEquals(l, m)))
        && other.Conditions.All(c => Conditions.Any(have => Same(have, c)))
        && other.ActionSet.CoversAll(ActionSet) && other.ResourceSet.CoversAll(ResourceSet);

    /// <summary>Whether a condition is among those of the cell.</summary>
    public bool HasCondition(Condition condition) => Conditions.Any(have => Same(have, condition));

    /// <summary>A text that is equal for cells that differ in their actions only.</summary>
    public string KeyWithoutActions => IsFree + AccessDocument.Text((this with { Actions = Star }).Grant, Limits);

    /// <summary>A text that is equal for cells that differ in their resources only.</summary>
    public string KeyWithoutResources => IsFree + AccessDocument.Text((this with { Resources = Star }).Grant, Limits);

    /// <summary>The cell with further actions.</summary>
    public AccessCell AndActions(IEnumerable<PolicyPattern> more) => this with { Actions = Union(Actions.Concat(more), PatternSymbols.OfAction) };

    /// <summary>The cell with further resources.</summary>
    public AccessCell AndResources(IEnumerable<PolicyPattern> more) => this with { Resources = Union(Resources.Concat(more), PatternSymbols.OfResource) };

    private AccessCell? WithActions(ImmutableArray<PolicyPattern> patterns)
    {
        var meets = new List<PolicyPattern>();
        PatternSymbols[] rights = [.. patterns.Select(PatternSymbols.OfAction)];
        foreach (PolicyPattern mine in Actions)
        {
            PatternSymbols left = PatternSymbols.OfAction(mine);
            for (int i = 0; i < rights.Length; i++)
            {
                PolicyPattern theirs = patterns[i];
                PatternSymbols right = rights[i];
                if (right.Covers(left))
                {
                    meets.Add(mine);
                }
                else if (left.Covers(right))
                {
                    meets.Add(theirs);
                }
                else if (left.MayMeet(right))
                {
                    if (left.Meet(right) is not { } both)
                    {
                        // Too many to write down: the narrower list is kept as it is, and the other one as a limit.
                        return this with { Limits = Limits.Add(Limit(new ActionClause(true, patterns, default), new ResourceClause(false, Star, default))) };
                    }

                    meets.AddRange(both.Select(b => PolicyPattern.Plain(b)));
                }
            }
        }

        return meets.Count == 0 ? null : this with { Actions = Union(meets, PatternSymbols.OfAction) };
    }

    private AccessCell? WithResources(ImmutableArray<PolicyPattern> patterns)
    {
        var meets = new List<PolicyPattern>();
        PatternSymbols[] rights = [.. patterns.Select(PatternSymbols.OfResource)];
        foreach (PolicyPattern mine in Resources)
        {
            PatternSymbols left = PatternSymbols.OfResource(mine);
            for (int i = 0; i < rights.Length; i++)
            {
                PolicyPattern theirs = patterns[i];
                PatternSymbols right = rights[i];
                if (right.Covers(left))
                {
                    meets.Add(mine);
                }
                else if (left.Covers(right))
                {
                    meets.Add(theirs);
                }
                else if (left.MayMeet(right))
                {
                    // How stars and colons cross is not to be written as one pattern.
                    return this with { Limits = Limits.Add(Limit(new ActionClause(false, Star, default), new ResourceClause(true, patterns, default))) };
                }
            }
        }

        return meets.Count == 0 ? null : this with { Resources = Union(meets, PatternSymbols.OfResource) };
    }

    private AccessCell? WithoutActions(ImmutableArray<PolicyPattern> patterns)
    {
        var taken = PatternSymbolSet.OfActions(patterns);
        ImmutableArray<PolicyPattern> left = Actions.Where((_, i) => !taken.Covers(ActionSet.All[i])).ToImmutableArray();
        AccessCell cell = this with { Actions = left };
        ImmutableArray<PolicyPattern> cut = patterns.Where((_, i) => cell.ActionSet.MayMeet(taken.All[i])).ToImmutableArray();
        return left.IsEmpty ? null : cut.IsEmpty ? cell
            : cell with { Limits = Limits.Add(Limit(new ActionClause(false, cut, default), new ResourceClause(false, Star, default))) };
    }

    private AccessCell? WithoutResources(ImmutableArray<PolicyPattern> patterns)
    {
        var taken = PatternSymbolSet.OfResources(patterns);
        ImmutableArray<PolicyPattern> left = Resources.Where((_, i) => !taken.Covers(ResourceSet.All[i])).ToImmutableArray();
        AccessCell cell = this with { Resources = left };
        ImmutableArray<PolicyPattern> cut = patterns.Where((_, i) => cell.ResourceSet.MayMeet(taken.All[i])).ToImmutableArray();
        return left.IsEmpty ? null : cut.IsEmpty ? cell
            : cell with { Limits = Limits.Add(Limit(new ActionClause(false, Star, default), new ResourceClause(false, cut, default))) };
    }

    private PatternSymbolSet ActionSet => actionSet is { } set && set.Patterns == Actions ? set : actionSet = PatternSymbolSet.OfActions(Actions);

    private PatternSymbolSet ResourceSet => resourceSet is { } set && set.Patterns == Resources ? set : resourceSet = PatternSymbolSet.OfResources(Resources);

    private static PatternSymbolSet Of(ActionClause clause) => Named.GetValue(clause, c => PatternSymbolSet.OfActions(((ActionClause)c).Patterns));

    private static PatternSymbolSet Of(ResourceClause clause) => Named.GetValue(clause, c => PatternSymbolSet.OfResources(((ResourceClause)c).Patterns));

    private static Statement Limit(ActionClause actions, ResourceClause resources) => Make(Effect.Deny, actions, resources, ImmutableArray<Condition>.Empty);

    private static Statement Make(Effect effect, ActionClause actions, ResourceClause resources, ImmutableArray<Condition> conditions) =>
        new(0, null, effect, null, actions, resources, conditions, default);

    private static ImmutableArray<PolicyPattern> Union(IEnumerable<PolicyPattern> patterns, Func<PolicyPattern, PatternSymbols> read)
    {
        // Names are held against wildcards only: there may be thousands of them.
        var wild = new List<(PolicyPattern Pattern, PatternSymbols Symbols)>();
        var names = new Dictionary<string, (PolicyPattern Pattern, PatternSymbols Symbols)>(StringComparer.Ordinal);
        foreach (PolicyPattern pattern in patterns)
        {
            PatternSymbols symbols = read(pattern);
            string? name = symbols.Literal;
            if (wild.Exists(k => k.Symbols.Covers(symbols)) || (name is not null && names.ContainsKey(name)))
            {
                continue;
            }

            if (name is not null)
            {
                names.Add(name, (pattern, symbols));
                continue;
            }

            wild.RemoveAll(k => symbols.Covers(k.Symbols));
            foreach (string covered in names.Where(n => symbols.Covers(n.Value.Symbols)).Select(n => n.Key).ToList())
            {
                names.Remove(covered);
            }

            wild.Add((pattern, symbols));
        }

        // Sorted, so that equal lists are equal whatever statements they came from.
        return wild.Concat(names.Values).Select(k => k.Pattern).OrderBy(p => p.Text, StringComparer.Ordinal).ToImmutableArray();
    }

    private static bool Same(Condition one, Condition other) =>
        one.Operator.Name == other.Operator.Name && one.FoldedKey == other.FoldedKey
            && one.Values.Length == other.Values.Length && one.Values.Zip(other.Values, (a, b) => a.Text == b.Text && a.Parts.SequenceEqual(b.Parts))
                .All(same => same);
}
