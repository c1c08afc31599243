using System.Text;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Analyzers;

/// <summary>The credentials in a text of the compilation, with their places in it.</summary>
internal sealed class ScannedText
{
    private ScannedText(IReadOnlyList<(TextSpan Span, CredentialFinding Finding)> findings)
    {
        Findings = findings;
    }

    public static ScannedText Empty { get; } = new([]);

    public IReadOnlyList<(TextSpan Span, CredentialFinding Finding)> Findings { get; }

    public static ScannedText Of(CredentialScanner scanner, string text, string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<CredentialFinding>();
        scanner.Scan(bytes, path, found);
        return found.Count == 0
            ? Empty
            : new ScannedText([.. found.Select(finding => (new TextSpan(Encoding.UTF8.GetCharCount(bytes, 0, finding.Start), finding.Length), finding))]);
    }

    public bool Has(string fingerprint) => Findings.Any(known => known.Finding.Fingerprint == fingerprint);
}
