using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// Requests that some principals may make: those that <see cref="Grant"/> matches and no statement of <see cref="Except"/> does.
/// </summary>
/// <param name="Principals">ARNs of users and roles, service principals or providers, sorted; each has exactly this access.</param>
/// <param name="ResourceAccount">The account whose resources are meant; null for the principal's own.</param>
/// <param name="Grant">Actions, resources and conditions in the policies' own words, without variables resolved.</param>
/// <param name="Except">Deny statements: those of the policies that may concern the line, and what a NotAction or NotResource leaves out.</param>
/// <param name="Witness">A request of the line, confirmed by the concrete evaluator; null when none was found.</param>
/// <param name="Undecided">Why it is not proved that every request of the line is allowed; null when it is.</param>
/// <param name="Proofs">The questions whose <c>holds</c> is the proof of the line, one for each set of policies that grants it.</param>
public sealed record AccessLine(
    ImmutableArray<string> Principals,
    string? ResourceAccount,
    Statement Grant,
    ImmutableArray<Statement> Except,
    Witness? Witness,
    string? Undecided,
    ImmutableArray<Query> Proofs);
