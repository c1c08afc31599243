using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>The Action or NotAction element of a statement. Patterns fold case.</summary>
/// <param name="IsNot">True for NotAction: the statement speaks of every action that no pattern matches.</param>
/// <param name="Patterns">The patterns in the order of the text; empty when the list is, which gives the statement no effect.</param>
/// <param name="NameSpan">The characters of the element's name.</param>
public sealed record ActionClause(bool IsNot, ImmutableArray<PolicyPattern> Patterns, TextRange NameSpan);
