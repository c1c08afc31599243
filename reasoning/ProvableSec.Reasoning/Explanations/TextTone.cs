namespace ProvableSec.Reasoning.Explanations;

/// <summary>How a piece of an explanation is said; a terminal has colors for it.</summary>
internal enum TextTone
{
    /// <summary>As the rest.</summary>
    Plain,

    /// <summary>What a reader looks for.</summary>
    Strong,

    /// <summary>What only leads there.</summary>
    Quiet,

    /// <summary>What is wanted.</summary>
    Good,

    /// <summary>What is not wanted.</summary>
    Bad,

    /// <summary>What is not known.</summary>
    Doubtful,
}
