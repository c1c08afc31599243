namespace ProvableSec.Tool.Trim;

/// <summary>Something could not be written, as opposed to an input that could not be read.</summary>
/// <param name="name">What was written to; null for standard output.</param>
/// <param name="cause">Why it could not be.</param>
internal sealed class OutputFailure(string? name, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>What was written to; null for standard output.</summary>
    public string? Name => name;
}
