namespace ProvableSec.Tool.Escalation;

/// <summary>How those of some boxes act as those of others, each as any of them.</summary>
/// <param name="From">The numbers of the boxes.</param>
/// <param name="To">The numbers of the other boxes.</param>
/// <param name="Ways">How: any of these.</param>
internal sealed record EscalationArrow(IReadOnlyList<int> From, IReadOnlyList<int> To, IReadOnlyList<string> Ways)
{
    /// <summary>What stands on it.</summary>
    public string Label => EscalationName.Short(Terminal.Printable.Clean(Ways[0]), EscalationName.MostLettersOfWay)
        + (Ways.Count > 1 ? $" or {Ways.Count - 1} more" : "");

    /// <summary>All that it stands for.</summary>
    public string Title => string.Join("\n", Ways);
}
