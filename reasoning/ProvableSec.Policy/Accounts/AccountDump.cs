using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>What <c>aws iam get-account-authorization-details</c> told about one or several accounts. Immutable.</summary>
/// <param name="Principals">The users and roles, in the order of the dump.</param>
/// <param name="Problems">Everything wrong with it. A problem inside a user or role leaves the others as they are.</param>
/// <param name="Truncated">The dumps that say that there is more, and whose last page is not there.</param>
/// <param name="IsComplete">False when a part could not be read at all, so that users or roles may be missing.</param>
public sealed record AccountDump(ImmutableArray<AccountPrincipal> Principals, ImmutableArray<PolicyProblem> Problems, ImmutableArray<string> Truncated,
    bool IsComplete);
