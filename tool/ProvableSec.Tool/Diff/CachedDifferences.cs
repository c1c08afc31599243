using System.Globalization;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Rules.Documents;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Diff;

/// <summary>Takes what a change lets anybody do, and what is found in a policy, from the cache where that is known.</summary>
/// <param name="cache">The cache; null for none.</param>
internal sealed class CachedDifferences(VerdictCache? cache)
{
    /// <summary>The difference of a question.</summary>
    public AccessDifference Find(DifferenceQuestion question)
    {
        if (cache is null)
        {
            return DifferenceFinder.Find(question);
        }

        string key = KeyOf(question);
        if (cache.Find(key, bytes => Read(bytes, DifferenceRecord.Read)) is { } known)
        {
            return known;
        }

        AccessDifference difference = DifferenceFinder.Find(question);
        cache.Keep(key, JsonRecord.Of(json => DifferenceRecord.Write(json, difference)));
        return difference;
    }

    /// <summary>What the built-in checks find in a policy: rules and messages.</summary>
    public IReadOnlyList<(string Rule, string Message)> Findings(FoundPolicy policy)
    {
        if (cache is null || KeyOf(policy) is not { } key)
        {
            return [.. policy.Check().Select(finding => (finding.Rule.Id, finding.Message))];
        }

        if (cache.Find(key, bytes => Read(bytes, json => json.List("findings").Select(finding => (finding.Text("rule"), finding.Text("message")))
            .ToArray())) is { } known)
        {
            return known;
        }

        (string Rule, string Message)[] found = [.. policy.Check().Select(finding => (finding.Rule.Id, finding.Message))];
        cache.Keep(key, JsonRecord.Of(json => JsonRecord.WriteAll(json, "findings", found, finding =>
        {
            json.WriteString("rule", finding.Rule);
            json.WriteString("message", finding.Message);
        })));
        return found;
    }

    private static T Read<T>(byte[] bytes, Func<JsonElement, T> read)
    {
        using var json = JsonDocument.Parse(bytes);
        return read(json.RootElement);
    }

    private static string KeyOf(DifferenceQuestion question)
    {
        CacheKey key = new CacheKey("difference").Add("before", question.Before).Add("after", question.After)
            .Add("type", $"{question.Type} {question.IsKnown} {question.World}")
            .Add("budget", question.Budget.ToString(CultureInfo.InvariantCulture)).Add("asOf", question.AsOf).Add("caller", question.Caller is { } caller
                ? $"{caller.Kind} {caller.Name}" : null);
        foreach (PolicyStack? stack in (PolicyStack?[])[question.StackBefore, question.StackAfter])
        {
            StackKey.Add(key, stack);
        }

        return key.ToString();
    }

    /// <summary>The key of a policy's findings; null where more than its text and context has a part in them.</summary>
    private static string? KeyOf(FoundPolicy policy) =>
        policy.Branches.Count > 0 || policy.Needed.Count > 0 || policy.IsImplied || policy.IsPlaceOnly || policy.UnknownOwnerType.Length > 0
            || policy.Block != default
            || policy.Context.OwnChecks.Count > 0 || policy.Context.Beside.Count > 0 || policy.Context.HasTooMuchBeside
                || policy.Context.LastAccessed is not null || policy.Context.Zone.IsGiven || policy.Context.PublicResources.Count > 0
            ? null
            : new CacheKey("findings").Add("text", policy.Text.Text).Add("type",
                $"{policy.Context.Type} {policy.Context.ScpDialect} {policy.Context.IsForUser}")
                .Add("resource", policy.Context.ResourceType).Add("asOf", policy.Context.AsOf).ToString();
}
