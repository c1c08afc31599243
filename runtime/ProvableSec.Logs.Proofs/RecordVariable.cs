using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Proofs;

/// <summary>A field of the record in question.</summary>
/// <param name="Field">The field.</param>
/// <param name="Header">The name for <see cref="LogField.Header"/>; else null.</param>
internal readonly record struct RecordVariable(LogField Field, string? Header = null)
{
    /// <summary>Whether a record may have several values of it.</summary>
    public bool HasMany => Field is LogField.Header or LogField.Host or LogField.Label or LogField.MatchedAction or LogField.MatchedRule
        or LogField.OverriddenAction;
}
