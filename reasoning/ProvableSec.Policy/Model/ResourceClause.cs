using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>The Resource or NotResource element of a statement. Patterns keep case.</summary>
/// <param name="IsNot">True for NotResource: the statement speaks of every resource that no pattern matches.</param>
/// <param name="Patterns">The patterns in the order of the text; empty when the list is, which gives the statement no effect.</param>
/// <param name="NameSpan">The characters of the element's name.</param>
public sealed record ResourceClause(bool IsNot, ImmutableArray<PolicyPattern> Patterns, TextRange NameSpan);
