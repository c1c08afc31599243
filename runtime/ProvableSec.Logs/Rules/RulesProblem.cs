namespace ProvableSec.Logs.Rules;

/// <summary>Why a file of rules cannot be used.</summary>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in bytes, from 1.</param>
public sealed record RulesProblem(string Message, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
