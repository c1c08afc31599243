using System.Globalization;
using System.Runtime.CompilerServices;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Caching;

namespace ProvableSec.Tool.Answers;

/// <summary>The key of a question in a cache: every member of it, and every policy with its place.</summary>
internal static class QuestionKey
{
    /// <summary>The key; null for a question that cannot be written down.</summary>
    public static string? Of(Query query)
    {
        if (query.Restriction is not null)
        {
            return null;
        }

        var key = new CacheKey("question");
        key.Add("question", query.Question.ToString()).Add("type", $"{query.Type} {query.TypeFrom}").Add("world", query.World.ToString())
            .Add("without", query.Without)
            .Add("asOf", query.AsOf).Add("budget", query.Budget.ToString(CultureInfo.InvariantCulture)).Add("expected", query.Expected?.ToString())
            .Add("how", $"{query.DefaultReadingsOnly} {query.Explain} {query.Qualify} {query.VerdictOnly} {query.AllowsVacuous} {query.SearchOnly}")
            .Add("warnings", query.Warnings.Select(warning => warning.Message));
        Add(key, query.Zone);
        Add(key, query.Request);
        key.Add("property", query.Property);
        Add(key, "subject", query.Subject);
        Add(key, "baseline", query.Baseline);
        return key.ToString();
    }

    /// <summary>Whether two questions differ, if at all, in which stack they are about and in whose requests: what <see cref="Of"/> would say of all else is
    /// the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreAlike(Query one, Query other) =>
        one.Question == other.Question && one.Type == other.Type && one.TypeFrom == other.TypeFrom && one.World == other.World && one.Without == other.Without
            && one.AsOf == other.AsOf
        && one.Budget == other.Budget && one.Expected == other.Expected && one.DefaultReadingsOnly == other.DefaultReadingsOnly && one.Explain == other.Explain
        && one.Qualify == other.Qualify && one.VerdictOnly == other.VerdictOnly && one.AllowsVacuous == other.AllowsVacuous
            && one.SearchOnly == other.SearchOnly
        && one.Warnings == other.Warnings && ReferenceEquals(one.Restriction, other.Restriction) && ReferenceEquals(one.Property, other.Property)
        && ReferenceEquals(one.Baseline, other.Baseline) && ReferenceEquals(one.Zone, other.Zone) && AreAlike(one.Request, other.Request);

    private static bool AreAlike(RequestPattern one, RequestPattern other) => ReferenceEquals(one, other)
        || (ReferenceEquals(one.Action, other.Action) && ReferenceEquals(one.Resource, other.Resource) && one.Context == other.Context);

    private static void Add(CacheKey key, TrustZone zone) =>
        key.Add("accounts", zone.Accounts).Add("organizations", zone.Organizations).Add("services", zone.Services)
        .Add("zone", $"{zone.ConfusedDeputy} {zone.Strict}");

    private static void Add(CacheKey key, RequestPattern request)
    {
        Add(key, "principal", request.Principal);
        key.Add("kind", request.PrincipalType?.ToString());
        Add(key, "action", request.Action);
        Add(key, "resource", request.Resource);
        key.Add("resourceAccount", request.ResourceAccount).Add("context", request.Context.Length.ToString(CultureInfo.InvariantCulture));
        foreach ((string name, FieldPattern pattern) in request.Context)
        {
            Add(key.Add("key", name), "value", pattern);
        }
    }

    private static void Add(CacheKey key, string name, FieldPattern? pattern)
    {
        key.Add(name, pattern is null ? null : pattern.IsAbsent.ToString());
        if (pattern is not null)
        {
            key.Add("literals", pattern.Literals).Add("like", pattern.Like);
        }
    }

    private static void Add(CacheKey key, string name, Subject? subject)
    {
        key.Add(name, subject is null ? null : $"{subject.LetsThrough} {subject.Stack is not null}");
        if (subject is null)
        {
            return;
        }

        key.Add("document", subject.Document);
        StackKey.Add(key, subject.Stack);
    }
}
