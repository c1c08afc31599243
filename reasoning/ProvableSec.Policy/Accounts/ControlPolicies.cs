using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Accounts;

/// <summary>The control policies of one kind in an organization, in one of two forms. Immutable.</summary>
/// <param name="Levels">Levels from the root to the account, the same for every member account; null when the other form is used.</param>
/// <param name="Targets">
/// The policies attached to a root (<c>r-…</c>), organizational unit (<c>ou-…</c>) or account. A target that is not named has
/// FullAWSAccess or RCPFullAWSAccess, as AWS attaches them when it switches control policies on.
/// </param>
public sealed record ControlPolicies(ImmutableArray<ImmutableArray<PolicyDocument>>? Levels,
    ImmutableDictionary<string, ImmutableArray<PolicyDocument>> Targets)
{
    /// <summary>None at all.</summary>
    public static ControlPolicies None { get; } = new(null, ImmutableDictionary<string, ImmutableArray<PolicyDocument>>.Empty);
}
