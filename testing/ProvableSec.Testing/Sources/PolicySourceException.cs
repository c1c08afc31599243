namespace ProvableSec.Testing;

/// <summary>
/// What a test asks about cannot be read or is not there: a missing file, broken JSON, an unknown role. The message says what was looked for and what there is.
/// </summary>
public sealed class PolicySourceException : Exception
{
    internal PolicySourceException(string message)
        : base(message)
    {
    }
}
