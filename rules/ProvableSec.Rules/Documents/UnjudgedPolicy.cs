namespace ProvableSec.Rules.Documents;

/// <summary>A policy of a document that is known only when the document is deployed, so that nothing was judged.</summary>
/// <param name="Pointer">JSON pointer of the place where it would stand.</param>
/// <param name="Owner">Whose policy it is, for people.</param>
public sealed record UnjudgedPolicy(string Pointer, string Owner);
