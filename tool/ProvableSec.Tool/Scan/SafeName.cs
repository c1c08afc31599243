using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Tool.Scan;

/// <summary>Names of files, branches and tags are texts as well: one that holds a credential is reported, and shown without it.</summary>
internal sealed class SafeName(CredentialScanner scanner)
{
    private const int LongestExtension = 6;

    private readonly List<CredentialFinding> found = [];

    /// <summary>What may be shown of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">What it is a name of, for the message.</param>
    /// <param name="findings">Takes what is found in it; null for none wanted.</param>
    public string Of(string name, string kind, List<LocatedFinding>? findings)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        found.Clear();
        scanner.Scan(text, "", found);
        // A name drawn at random is not yet a secret.
        found.RemoveAll(finding => finding.Rule == CredentialRules.PossibleSecretAccessKey);
        if (found.Count == 0)
        {
            return name;
        }

        int start = found.Min(finding => finding.Start);
        string extension = Path.GetExtension(name);
        string shown = Encoding.UTF8.GetString(text.AsSpan(0, start)) + "…"
            + (extension.Length <= LongestExtension && text.Length - extension.Length > start + AccessKeyId.Length ? extension : "");
        findings?.AddRange(found.Select(finding =>
            InName(shown, finding with { Start = 0, Length = 0, Message = $"{finding.Message.TrimEnd('.')}, in the name of the {kind}." })));
        return shown;
    }

    private static LocatedFinding InName(string shown, CredentialFinding finding) =>
        new(shown, null, new LinePosition(1, 1), new LinePosition(1, 1), finding) { IsInName = true };
}
