namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A <c>${…}</c> in a text.</summary>
/// <param name="Name">What stands before the comma; spaces as written.</param>
/// <param name="Default">What stands behind it, without spaces around it; null when there is no comma.</param>
/// <param name="IsClosed">False when the brace is never closed.</param>
internal readonly record struct VariableText(string Name, string? Default, bool IsClosed);
