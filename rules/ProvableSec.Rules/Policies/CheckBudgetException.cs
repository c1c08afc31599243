using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Policies;

/// <summary>A check was not finished; <see cref="PolicyChecks"/> says so in a finding.</summary>
internal sealed class CheckBudgetException : Exception;
