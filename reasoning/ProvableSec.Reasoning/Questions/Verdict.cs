namespace ProvableSec.Reasoning.Questions;

/// <summary>The answer to a question.</summary>
public enum Verdict
{
    /// <summary>Proved, under every reading of the disputed points.</summary>
    Holds,

    /// <summary>Refuted: a witness shows it (for <see cref="Question.Can"/>: proved that nothing is allowed).</summary>
    Violated,

    /// <summary>Neither, for a stated reason.</summary>
    Unknown,
}
