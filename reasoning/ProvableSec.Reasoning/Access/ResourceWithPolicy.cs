using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>A resource whose policy is known.</summary>
/// <param name="Patterns">Its ARN, and a pattern for what is in it.</param>
/// <param name="Account">The account that it belongs to.</param>
/// <param name="Policy">Its policy.</param>
internal sealed record ResourceWithPolicy(ImmutableArray<string> Patterns, string Account, PolicyDocument Policy);
