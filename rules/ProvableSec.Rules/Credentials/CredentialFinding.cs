namespace ProvableSec.Rules.Credentials;

/// <summary>A credential in a text. Nothing here holds a secret or tells how long it is.</summary>
/// <param name="Rule">What it is.</param>
/// <param name="Severity">How bad it is; milder than the rule's where the message says why.</param>
/// <param name="Start">Offset of the first byte to point at.</param>
/// <param name="Length">How many bytes to point at; 0 where that would tell the length of a secret.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Fingerprint">
/// Stays when the text around it changes: SHA-256 in lower-case hex over rule and value of a secret drawn at random. What others could guess is not hashed: of
/// a
/// password, which people choose, the hash is over rule, path, key and ordinal; of an access key ID, most of which the message shows, over rule, path, what the
/// message
/// shows and ordinal.
/// </param>
public sealed record CredentialFinding(Rule Rule, RuleSeverity Severity, int Start, int Length, string Message, string Fingerprint)
{
    /// <summary>The same for the same value wherever it stands. Never to be shown: of an access key ID, others could find the value by it. Lists of earlier
    /// versions have it.</summary>
    internal string Identity { get; init; } = Fingerprint;

    /// <summary>
    /// A hash of each value that was seen, whatever it counts as there, with spaces between: of a key the ID and the secret. Empty for a password, since two
    /// that are
    /// alike need not be one. Never to be shown, either.
    /// </summary>
    internal string Values { get; init; } = "";
}
