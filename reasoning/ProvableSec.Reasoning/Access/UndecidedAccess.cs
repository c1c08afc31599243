using System.Collections.Immutable;

namespace ProvableSec.Reasoning.Access;

/// <summary>Principals whose lines, if they have any, may not be all that they are allowed.</summary>
/// <param name="Principals">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record UndecidedAccess(ImmutableArray<string> Principals, string Reason);
