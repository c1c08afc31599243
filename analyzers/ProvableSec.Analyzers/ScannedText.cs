using System.Buffers;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Analyzers;

/// <summary>The credentials in a text of the compilation, with their places in it.</summary>
internal sealed class ScannedText
{
    public ScannedText(IReadOnlyList<(TextSpan Span, CredentialFinding Finding)> findings)
    {
        Findings = findings;
    }

    public static ScannedText Empty { get; } = new([]);

    public IReadOnlyList<(TextSpan Span, CredentialFinding Finding)> Findings { get; }

    /// <summary>Scans a file.</summary>
    public static ScannedText Of(CredentialScanner scanner, SourceText text, string path)
    {
        // Borrowed: with a new array for each file, the collector takes longer than the scan.
        char[] characters = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            text.CopyTo(0, characters, 0, text.Length);
            return Of(scanner, characters, text.Length, path);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>Scans a value that the code computes at compile time.</summary>
    public static ScannedText Of(CredentialScanner scanner, string text, string path) => Of(scanner, text.ToCharArray(), text.Length, path);

    /// <summary>Whether the text shows what a finding is about.</summary>
    public bool Has(CredentialFinding finding) => Findings.Any(known => known.Finding.Identity == finding.Identity);

    private static ScannedText Of(CredentialScanner scanner, char[] characters, int length, string path)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(length));
        try
        {
            int size = Encoding.UTF8.GetBytes(characters, 0, length, bytes, 0);
            var found = new List<CredentialFinding>();
            scanner.Scan(bytes.AsSpan(0, size), path, found);
            return found.Count == 0
                ? Empty
                : new ScannedText([.. found.Select(finding => (new TextSpan(Encoding.UTF8.GetCharCount(bytes, 0, finding.Start), finding.Length), finding))]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
