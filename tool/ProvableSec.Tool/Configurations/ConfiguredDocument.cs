using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>A document that a configuration lists.</summary>
/// <param name="File">Its path, as messages write it.</param>
/// <param name="Type">Its kind, where it is a policy; null for what says itself what is in it.</param>
/// <param name="Findings">What is wrong with it.</param>
internal sealed record ConfiguredDocument(string File, PolicyType? Type, ImmutableArray<PolicyProblem> Findings)
{
    /// <summary>Whether <c>verify</c> reports what <c>check</c> finds in it.</summary>
    public bool IsChecked { get; init; }
}
