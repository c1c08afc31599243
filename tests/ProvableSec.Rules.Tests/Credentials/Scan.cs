using System.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>Scans a text as of a fixed day.</summary>
internal static class Scan
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static List<CredentialFinding> Text(string text, string path = "file.txt") => Bytes(Encoding.UTF8.GetBytes(text), path);

    public static List<CredentialFinding> Bytes(byte[] text, string path = "file.txt", AllowedCredentials? allowed = null)
    {
        var findings = new List<CredentialFinding>();
        new CredentialScanner(Now, allowed ?? AllowedCredentials.None).Scan(text, path, findings);
        return findings;
    }

    public static string Ids(string text, string path = "file.txt") => string.Join(' ', Text(text, path).Select(finding => finding.Rule.Id));
}
