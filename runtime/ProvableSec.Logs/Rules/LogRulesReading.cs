using System.Collections.Immutable;

namespace ProvableSec.Logs.Rules;

/// <summary>What was read from a file of rules.</summary>
/// <param name="Rules">The filter; null when there are problems.</param>
/// <param name="Problems">What is wrong; a file with any problem is not used.</param>
public sealed record LogRulesReading(LogRules? Rules, ImmutableArray<RulesProblem> Problems);
