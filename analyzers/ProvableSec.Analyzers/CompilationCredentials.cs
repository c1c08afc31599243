using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Analyzers;

/// <summary>What is known of one compilation: each text is scanned once, by whoever asks first.</summary>
internal sealed class CompilationCredentials
{
    /// <summary>The additional file whose fingerprints are not reported.</summary>
    public const string AllowedFileName = ".provablesec-allowed";

    private readonly CredentialScanner scanner;
    private readonly ConcurrentDictionary<SyntaxTree, ScannedText> trees = new();
    private readonly ConcurrentDictionary<SyntaxTree, ScannedText> joined = new();

    private readonly KeyHalves halves;

    public CompilationCredentials(Compilation compilation, ImmutableArray<AdditionalText> additional, CancellationToken cancellation)
    {
        halves = new KeyHalves(compilation, OfText, Of);
        var allowed = AllowedCredentials.None;
        foreach (AdditionalText file in additional)
        {
            if (file.Path.EndsWith(AllowedFileName, StringComparison.Ordinal) && file.GetText(cancellation) is { } text)
            {
                allowed = AllowedCredentials.Read(text.ToString(), out _);
            }
        }

        // A build gives the same answer on any day: to it, no URL has expired.
        scanner = new CredentialScanner(DateTimeOffset.MinValue, allowed);
    }

    /// <summary>What the text of a file shows, and the code that uses it.</summary>
    public ScannedText Of(SyntaxTree tree, CancellationToken cancellation) =>
        joined.TryGetValue(tree, out ScannedText? known) ? known : joined.GetOrAdd(tree, halves.In(tree, cancellation));

    /// <summary>Whether an expression is the secret of a key that is reported at its ID.</summary>
    public bool IsOfKey(SyntaxNode expression, CancellationToken cancellation) => halves.HoldsSecret(expression, cancellation);

    public ScannedText Of(SourceText text, string path) => ScannedText.Of(scanner, text, Path.GetFileName(path));

    /// <summary>The password in a connection string whose host is not known.</summary>
    public CredentialFinding? OfConnectionString(string known, SyntaxTree tree)
    {
        var found = new List<CredentialFinding>();
        scanner.ScanConnectionString(Encoding.UTF8.GetBytes(known), Path.GetFileName(tree.FilePath), found);
        return found.FirstOrDefault();
    }

    /// <summary>Scans a value that the code computes at compile time.</summary>
    public ScannedText Of(string value, SyntaxTree tree) => ScannedText.Of(scanner, value, Path.GetFileName(tree.FilePath));

    /// <summary>What the text of a file shows by itself.</summary>
    public ScannedText OfText(SyntaxTree tree, CancellationToken cancellation) =>
        trees.TryGetValue(tree, out ScannedText? known) ? known : trees.GetOrAdd(tree, Of(tree.GetText(cancellation), tree.FilePath));
}
