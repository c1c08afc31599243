namespace ProvableSec.Rules.Policies;

/// <summary>One principal.</summary>
/// <param name="Kind">Its key, such as <c>AWS</c>; empty for a text that stands alone.</param>
/// <param name="Value">The principal.</param>
internal sealed record CheckedPrincipal(string Kind, CheckedText Value);
