using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.JSII.Runtime.Deputy;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SQS;
using Constructs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Analyzers.Policies;

namespace ProvableSec.Analyzers.Tests;

/// <summary>
/// Compiles code against the real AWS SDK and keeps what the analyzers say of it, for the tests whose findings cannot be marked in the code (<see
/// cref="Marked"/>): they
/// count thousands, or do not know which there are (hostile and damaged code, the documents of every rule, every form of every credential), or hand what a
/// finding carries, its
/// fingerprint or the hash of its statement, to the next compilation.
/// </summary>
internal static class Compiled
{
    /// <summary>What the code of the tests is compiled against.</summary>
    public static IReadOnlyList<MetadataReference> References => [.. Framework, .. Sdk];

    /// <summary>The CDK. One instance for all tests: its metadata are large.</summary>
    public static IReadOnlyList<MetadataReference> Cdk { get; } =
        [.. new[] { typeof(Stack), typeof(DeputyBase), typeof(Construct) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))];

    /// <summary>.NET without the AWS SDK.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(file) == "netstandard.dll")
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    private static readonly MetadataReference[] Sdk =
        [.. new[] { typeof(AWSCredentials), typeof(AmazonS3Client), typeof(AmazonSecurityTokenServiceClient), typeof(AmazonSQSClient) }.Select(type =>
            MetadataReference.CreateFromFile(type.Assembly.Location))];

    /// <summary>The diagnostics as <c>file(line,column): severity id: message</c>, in order.</summary>
    public static string[] Diagnostics(params (string Name, string Text)[] files) => Diagnostics(files, [.. Framework, .. Sdk]);

    /// <summary>The same for code that is compiled against some more assemblies.</summary>
    public static string[] Diagnostics(string code, IEnumerable<MetadataReference> more) => Diagnostics([("a.cs", code)], [.. Framework, .. Sdk, .. more]);

    /// <summary>The same with options, as .editorconfig and .globalconfig give them.</summary>
    public static Diagnostic[] Diagnostics(IReadOnlyDictionary<string, string> options, params (string Name, string Text)[] files) =>
        [.. Analyzed(files, [.. Framework, .. Sdk], false, new Options(options))];

    /// <summary>The same in a mode of the package, with the severities that its preset sets; what is suppressed is left out.</summary>
    public static string[] DiagnosticsInMode(string mode, params (string Name, string Text)[] files)
    {
        string preset = File.ReadAllText(Path.Combine(
            Repository.Root, "analyzers", "ProvableSec.Analyzers.Package", "config", mode + ".globalconfig"));
        var severities = Regex.Matches(preset, @"^dotnet_diagnostic\.(\w+)\.severity = (\w+)$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value switch
        {
            "error" => ReportDiagnostic.Error,
            "warning" => ReportDiagnostic.Warn,
            "suggestion" => ReportDiagnostic.Info,
            _ => ReportDiagnostic.Suppress,
        });
        return [.. Analyzed(files, [.. Framework, .. Sdk], false, new Options(new Dictionary<string, string>()), severities)
            .Select(diagnostic => $"{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}").Order(StringComparer.Ordinal)];
    }

    /// <summary>The same for code with errors, as an editor has it most of the time.</summary>
    public static string[] DiagnosticsOfBroken(string code) => Diagnostics([("a.cs", code)], [.. Framework, .. Sdk], mayBeBroken: true);

    private static string[] Diagnostics((string Name, string Text)[] files, MetadataReference[] references, bool mayBeBroken = false) =>
    [
        .. Analyzed(files, references, mayBeBroken, new Options(new Dictionary<string, string>()))
            .Select(diagnostic => (At: diagnostic.Location.GetLineSpan(), Diagnostic: diagnostic))
            .OrderBy(d => d.At.Path, StringComparer.Ordinal).ThenBy(d => d.At.StartLinePosition)
            .Select(d => $"{d.At.Path}({d.At.StartLinePosition.Line + 1},{d.At.StartLinePosition.Character + 1}): {d.Diagnostic.Severity.ToString().ToLowerInvariant()} {d.Diagnostic.Id}: {d.Diagnostic.GetMessage(null)}"),
    ];

    private static ImmutableArray<Diagnostic> Analyzed((string Name, string Text)[] files, MetadataReference[] references, bool mayBeBroken,
        AnalyzerConfigOptionsProvider options, IReadOnlyDictionary<string, ReportDiagnostic>? severities = null)
    {
        SyntaxTree[] trees = [.. files.Where(file => IsCode(file.Name))
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text), path: file.Name))];
        var compilation = CSharpCompilation.Create(
            "Sample", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, specificDiagnosticOptions: severities));
        string[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString())];
        Assert.True(mayBeBroken || errors.Length == 0, string.Join('\n', errors));
        ImmutableArray<AdditionalText> additional = [.. files.Where(file => !IsCode(file.Name)).Select(file => new AdditionalFile(file.Name, file.Text))];
        // An exception of the analyzer would be a diagnostic of its own, AD0001, and fail the test.
        ImmutableArray<Diagnostic> diagnostics = compilation.WithAnalyzers([new CredentialAnalyzer(), new CredentialUseAnalyzer(), new PolicyAnalyzer()],
            new AnalyzerOptions(additional, options)).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        // The diagnostic and all that it carries, as an error log has it.
        Assert.All(diagnostics,
            diagnostic => Fresh.AssertHidden($"{diagnostic} {diagnostic.Descriptor.Description} {string.Join(' ', diagnostic.Properties)}"));
        return diagnostics;
    }

    private static bool IsCode(string name) => name.EndsWith(".cs", StringComparison.Ordinal);

    private sealed class AdditionalFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Values(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override IEnumerable<string> Keys => values.Keys;

            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
