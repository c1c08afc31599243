using System.Collections.Immutable;

namespace ProvableSec.Policy.Cases;

/// <summary>The organisation a case lies in; without one no <c>aws:…OrgID</c> key is sent.</summary>
/// <param name="Id">The organisation's id, <c>o-…</c>.</param>
/// <param name="ManagementAccount">Its management account, which no SCP or RCP binds.</param>
/// <param name="Accounts">Each member account and its path, <c>o-…/r-…/ou-…/</c>.</param>
public sealed record Organization(string? Id, string? ManagementAccount, ImmutableDictionary<string, string> Accounts);
