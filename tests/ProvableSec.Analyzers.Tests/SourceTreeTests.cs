using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Analyzers.Policies;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Code in which there is nothing to find, and much of it.</summary>
public sealed class SourceTreeTests
{
    private const int FewestLines = 500_000, FilesAtATime = 500;
    private const string Variable = "PROVABLESEC_FOREIGN_SOURCE";

    [Fact]
    public void Nothing_is_found_in_this_repository()
    {
        // Tests, benchmarks and a sample hold policies with mistakes on purpose, and the engine writes down policies that allow everything, as AWS's own do,
        // one of which SAM attaches.
        string[] found = [.. Found(Repository.Root, out long lines).Where(diagnostic => !IsOnPurpose(diagnostic))];
        Assert.True(found.Length == 0, string.Join('\n', found));
        Assert.True(lines > 50_000, $"{lines} lines");
    }

    private static bool IsOnPurpose(string diagnostic) =>
        diagnostic.StartsWith("tests", StringComparison.Ordinal) || diagnostic.StartsWith("samples/broad-access", StringComparison.Ordinal)
            || diagnostic.StartsWith("bench", StringComparison.Ordinal)
            ? diagnostic.Contains(" PSEC2", StringComparison.Ordinal) || diagnostic.Contains(" PSEC3", StringComparison.Ordinal)
            : diagnostic.StartsWith("rules/ProvableSec.Rules/Stacks/SamAttachments", StringComparison.Ordinal)
                || diagnostic.Contains(" PSEC2002: ", StringComparison.Ordinal) || diagnostic.Contains(" PSEC2108: ", StringComparison.Ordinal)
                || diagnostic.Contains(" PSEC3205: ", StringComparison.Ordinal);

    /// <summary>Keys, their IDs and what the SDK is given are never guessed at; a lone secret is, at most once in a million lines.</summary>
    [Fact]
    [Trait("Category", "Foreign")]
    public void Nothing_is_found_in_foreign_code()
    {
        string folder = Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"{Variable} names no folder; ./test.sh --foreign DIR does");
        string[] found = Found(folder, out long lines);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines, {found.Length} found"));
        Assert.True(lines >= FewestLines, $"{lines} lines are too few to tell");
        string[] certain = [.. found.Where(diagnostic => !diagnostic.Contains(": info PSEC1004: ", StringComparison.Ordinal))];
        Assert.True(certain.Length == 0, string.Join('\n', certain));
        Assert.True(found.Length <= lines / 1_000_000, string.Join('\n', found));
    }

    /// <summary>All diagnostics, those of an analyzer that failed (AD0001) among them. What a tree lacks to be compiled does not matter.</summary>
    private static string[] Found(string root, out long lines)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts"))
                .Order(StringComparer.Ordinal),
        ];
        lines = 0;
        var found = new List<string>();
        foreach (string[] some in files.Chunk(FilesAtATime))
        {
            SyntaxTree[] trees =
                [.. some.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file)), new CSharpParseOptions(LanguageVersion.Latest),
                Path.GetRelativePath(root, file)))];
            lines += trees.Sum(tree => (long)tree.GetText().Lines.Count);
            var compilation = CSharpCompilation.Create("Tree", trees, Compiled.References,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
            ImmutableArray<Diagnostic> diagnostics = compilation.WithAnalyzers([new CredentialAnalyzer(), new CredentialUseAnalyzer(), new PolicyAnalyzer()])
                .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            found.AddRange(diagnostics.Select(diagnostic => diagnostic.ToString()));
        }

        return [.. found];
    }
}
