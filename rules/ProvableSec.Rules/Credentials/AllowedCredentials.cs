namespace ProvableSec.Rules.Credentials;

/// <summary>Fingerprints that somebody has looked at and allowed: a line each, hex, with a comment from <c>#</c> on. A baseline has the same form.</summary>
public sealed class AllowedCredentials
{
    private readonly HashSet<string> fingerprints = new(StringComparer.OrdinalIgnoreCase);

    private AllowedCredentials()
    {
    }

    /// <summary>Nothing is allowed.</summary>
    public static AllowedCredentials None { get; } = new();

    /// <summary>Reads a list.</summary>
    /// <param name="text">Its lines.</param>
    /// <param name="badLine">The first line, counted from 1, that is neither a fingerprint nor a comment; 0 when there is none.</param>
    public static AllowedCredentials Read(string text, out int badLine)
    {
        var allowed = new AllowedCredentials();
        badLine = 0;
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int comment = lines[i].IndexOf('#');
            string line = (comment < 0 ? lines[i] : lines[i].Substring(0, comment)).Trim();
            if (line.Length == 64 && line.All(Uri.IsHexDigit))
            {
                allowed.fingerprints.Add(line);
            }
            else if (line.Length > 0 && badLine == 0)
            {
                badLine = i + 1;
            }
        }

        return allowed;
    }

    /// <summary>Whether a finding has been allowed.</summary>
    public bool Contains(CredentialFinding finding) => fingerprints.Contains(finding.Fingerprint) || fingerprints.Contains(finding.Identity);
}
