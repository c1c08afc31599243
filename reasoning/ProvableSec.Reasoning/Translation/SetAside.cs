using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Translation;

/// <summary>A part of a decision that a question may set aside, to see what it blocks.</summary>
/// <param name="Deny">A Deny statement, or null.</param>
/// <param name="Layer">A layer that must allow, or null.</param>
internal readonly record struct SetAside(Statement? Deny, PolicySlot? Layer);
