using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>
/// A policy with values that are known only at deployment, bounded: the most and the least that it can allow, whatever the values are. A claim that nothing is
/// allowed is
/// proved of the most, one that something is allowed of the least.
/// </summary>
internal static class OpenValues
{
    private static readonly string Mark = UnknownText.Mark.ToString();

    private static readonly ImmutableArray<PolicyPattern> Everything = ImmutableArray.Create(PolicyPattern.Plain("*"));

    /// <summary>Whether a value of the document is not known.</summary>
    public static bool AreIn(PolicyDocument document) => document.Statements.Any(s => TextsOf(s).Any(UnknownText.IsIn));

    /// <summary>The most that the document can allow.</summary>
    public static PolicyDocument AtMost(PolicyDocument document) => Bounded(document, s => s.Effect == Effect.Allow ? Larger(s) : Smaller(s));

    /// <summary>The least that the document can allow.</summary>
    public static PolicyDocument AtLeast(PolicyDocument document) => Bounded(document, s => s.Effect == Effect.Allow ? Smaller(s) : Larger(s));

    private static PolicyDocument Bounded(PolicyDocument document, Func<Statement, Statement?> bound) => new(
        document.Source,
        document.Version,
        document.NamesVersion,
        document.Id,
        document.Statements.Select(s => TextsOf(s).Any(UnknownText.IsIn) ? bound(s) : s).OfType<Statement>().ToImmutableArray(),
        document.Problems);

    /// <summary>A statement that speaks of every request that this one may speak of.</summary>
    private static Statement Larger(Statement statement) => With(
        statement,
        LargerPrincipal(statement.Principal),
        statement.Action.IsNot
            ? Known(statement.Action.Patterns) is { IsEmpty: false } kept ? statement.Action with { Patterns = kept }
            : new ActionClause(false, Everything, statement.Action.NameSpan)
            : statement.Action with { Patterns = statement.Action.Patterns.Select(LargerAction).ToImmutableArray() },
        statement.Resource is not { } resource ? null
            : resource.IsNot ? Known(resource.Patterns) is { IsEmpty: false } others ? resource with { Patterns = others }
            : new ResourceClause(false, Everything, resource.NameSpan)
            : resource with { Patterns = resource.Patterns.Select(LargerResource).ToImmutableArray() },
        statement.Conditions.Where(c => !IsOpen(c)).ToImmutableArray());

    /// <summary>A statement that speaks only of requests that this one speaks of, whatever the values are; null for none.</summary>
    private static Statement? Smaller(Statement statement)
    {
        if (statement.Conditions.Any(IsOpen) || (statement.Principal is { IsNot: true } others && others.Entries.Any(e => UnknownText.IsIn(e.Value))))
        {
            return null;
        }

        PrincipalClause? principal = statement.Principal is { } named
            ? named with { Entries = named.Entries.Where(e => !UnknownText.IsIn(e.Value)).ToImmutableArray() } : null;
        ActionClause action = statement.Action with
        {
            Patterns = statement.Action.IsNot ? statement.Action.Patterns.Select(LargerAction).ToImmutableArray() : Known(statement.Action.Patterns),
        };
        ResourceClause? resource = statement.Resource is { } on
            ? on with { Patterns = on.IsNot ? on.Patterns.Select(LargerResource).ToImmutableArray() : Known(on.Patterns) } : null;
        return principal is { Entries.IsEmpty: true } || action.Patterns.IsEmpty || resource is { Patterns.IsEmpty: true } ? null
            : With(statement, principal, action, resource, statement.Conditions);
    }

    private static PrincipalClause? LargerPrincipal(PrincipalClause? principal)
    {
        if (principal is null || !principal.Entries.Any(e => UnknownText.IsIn(e.Value)))
        {
            return principal;
        }

        ImmutableArray<PrincipalEntry> known = principal.Entries.Where(e => !UnknownText.IsIn(e.Value)).ToImmutableArray();
        return principal.IsNot && !known.IsEmpty ? principal with { Entries = known }
            : new PrincipalClause(false, ImmutableArray.Create(new PrincipalEntry(PrincipalEntryKind.Everyone, "*", principal.NameSpan)), principal.NameSpan);
    }

    private static ImmutableArray<PolicyPattern> Known(ImmutableArray<PolicyPattern> patterns) =>
        patterns.Where(p => !UnknownText.IsIn(p.Text)).ToImmutableArray();

    private static PolicyPattern LargerAction(PolicyPattern pattern) =>
        UnknownText.IsIn(pattern.Text) ? PolicyPattern.Plain(UnknownText.Filled(pattern.Text, "*"), pattern.Span) : pattern;

    /// <summary>
    /// A pattern that takes all that this one may: a field of an ARN that is not known is any, behind an unknown piece of the last field anything may follow,
    /// and of what else
    /// is not known not even the fields are.
    /// </summary>
    private static PolicyPattern LargerResource(PolicyPattern pattern)
    {
        if (!UnknownText.IsIn(pattern.Text))
        {
            return pattern;
        }

        string[] fields = pattern.Text.Split([':'], 6);
        if (fields.Length < 6 || fields[0] != "arn" || UnknownText.IsIn(fields[2]) || fields.Take(5).Any(f => UnknownText.IsIn(f) && f != Mark))
        {
            return PolicyPattern.Plain("*", pattern.Span);
        }

        for (int i = 0; i < 5; i++)
        {
            fields[i] = fields[i] == Mark ? "*" : fields[i];
        }

        int at = fields[5].TakeWhile(c => !UnknownText.IsMark(c)).Count();
        string text = string.Join(":", fields.Take(5)) + ":" + (at == fields[5].Length ? fields[5] : fields[5].Substring(0, at) + "*");
        return pattern.HasVariables ? PolicyPattern.ResourceWithVariables(text, pattern.Span, out _) : PolicyPattern.Plain(text, pattern.Span);
    }

    private static bool IsOpen(Condition condition) => UnknownText.IsIn(condition.Key) || condition.Values.Any(v => UnknownText.IsIn(v.Text));

    private static Statement With(Statement statement, PrincipalClause? principal, ActionClause action, ResourceClause? resource,
        ImmutableArray<Condition> conditions) =>
        new(statement.Index, statement.Sid, statement.Effect, principal, action, resource, conditions, statement.Span);

    private static IEnumerable<string> TextsOf(Statement statement) => (statement.Principal?.Entries.Select(e => e.Value) ?? [])
        .Concat(statement.Action.Patterns.Select(p => p.Text))
        .Concat(statement.Resource?.Patterns.Select(p => p.Text) ?? [])
        .Concat(statement.Conditions.SelectMany(c => c.Values.Select(v => v.Text).Append(c.Key)));
}
