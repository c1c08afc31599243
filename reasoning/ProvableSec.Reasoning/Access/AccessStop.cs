using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>What alone keeps a principal from all that is asked and that its own policies allow.</summary>
/// <param name="Layer">Which kind of policy it is.</param>
/// <param name="Level">The level, from 1 for the root of the organization; null for a boundary.</param>
/// <param name="Policies">The policy that denies it; those of a level none of which allows it.</param>
/// <param name="Statement">The Deny statement; null where nothing allows, or several together deny.</param>
/// <param name="Denies">Whether the policy denies, and not just fails to allow.</param>
internal sealed record AccessStop(PolicyLayer Layer, int? Level, IReadOnlyList<PolicyDocument> Policies, Statement? Statement, bool Denies)
{
    /// <summary>A text that is equal for what is the same policy and statement, wherever it is attached.</summary>
    public string Key =>
        $"{Layer} {(Denies ? null : Level)} {Denies} {string.Join("|", Policies.Select(policy => policy.Source.Name))} {Statement?.Index} {Statement?.Sid}";
}
