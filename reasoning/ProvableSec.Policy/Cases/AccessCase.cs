using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>A stack, a request, and what is expected of them.</summary>
/// <param name="Id">The case's id as JSON text (a quoted string or a number); null when it has none.</param>
/// <param name="Stack">The policies.</param>
/// <param name="Request">The request.</param>
/// <param name="ExpectAllow">What the case expects; null when it does not say.</param>
/// <param name="Warnings">What was odd about the case but did not keep it from being decided.</param>
public sealed record AccessCase(
    string? Id,
    PolicyStack Stack,
    AccessRequest Request,
    bool? ExpectAllow,
    ImmutableArray<PolicyProblem> Warnings);
