using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>
/// Says why AWS could not send a request (docs/semantics.md; IAM User Guide, "AWS global condition context keys", and the table of principal key values in
/// "IAM policy elements: Variables and tags"). Written apart from the prover's world model, so that a mistake there is seen.
/// </summary>
/// <param name="organization">The organization that is given, if any.</param>
/// <param name="throughEndpoint">Whether the policies of the VPC endpoint that requests come through are given.</param>
/// <param name="asked">The keys that the question's documents ask about, in lower case. A key that is not listed is absent if it is one of them; others may be
/// sent all the same. Null when that is not known.</param>
internal sealed class WitnessValidator(Organization? organization, bool throughEndpoint, IReadOnlySet<string>? asked = null)
{
    private static readonly Func<SentRequest, IEnumerable<string>>[] Rules =
    [
        NameRules.Violations, ValueRules.Violations, OwnershipRules.Violations, CallerRules.Violations, OrganizationRules.Violations, LinkRules.Violations,
            NetworkRules.Violations, CallRules.Violations,
    ];

    /// <summary>No request is earlier; null when nothing is known about that.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Every invariant that a request violates, in words; empty when AWS could send it.</summary>
    public ImmutableArray<string> Violations(AccessRequest request)
    {
        var sent = new SentRequest(request, organization, throughEndpoint, asked);
        IEnumerable<string> early = AsOf is { } date && sent.Of("aws:currenttime") is [var now] && LinkRules.Moment(now) < date.ToUnixTimeSeconds()
            ? [$"aws:CurrentTime {now} is before {date:yyyy-MM-dd}"] : [];
        return [.. Rules.SelectMany(r => r(sent)).Concat(early).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether AWS could send a request.</summary>
    public bool IsPossible(AccessRequest request)
    {
        var sent = new SentRequest(request, organization, throughEndpoint, asked);
        return Array.TrueForAll(Rules, r => !r(sent).Any()) && !(AsOf is { } date && sent.Of("aws:currenttime") is [var now]
            && LinkRules.Moment(now) < date.ToUnixTimeSeconds());
    }
}
