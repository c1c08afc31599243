using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using ProvableSec.Analyzers.Policies;
using ProvableSec.CodeFixes;
using ProvableSec.CodeFixes.Policies;

namespace ProvableSec.Analyzers.Tests;

/// <summary>
/// Code with a mark at each place where the analyzers report, such as <c>{|PSEC1001:…|}</c>: all of them run together, as in a build, against the real AWS SDK,
/// and report
/// what is marked and nothing else. Nothing that is reported shows a secret of the tests.
/// </summary>
internal static partial class Marked
{
    private static ImmutableArray<DiagnosticAnalyzer> Analyzers => [new CredentialAnalyzer(), new CredentialUseAnalyzer(), new PolicyAnalyzer()];

    /// <summary>The code is reported as marked.</summary>
    /// <param name="code">The file <c>a.cs</c>.</param>
    /// <param name="more">What the test wants besides: other files, settings, references, messages for the marks that have a number.</param>
    /// <param name="only">The rules that the test is about; without any, all.</param>
    public static Task CheckAsync(string code, Action<AnalyzerTest<DefaultVerifier>>? more = null, params string[] only)
    {
        var test = new AnalyzersTest();
        Prepare(test, code);
        if (only.Length > 0)
        {
            test.DisabledDiagnostics.AddRange(Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Except(only));
        }

        more?.Invoke(test);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The code is reported as marked, and a fix makes other code of it, which compiles: one finding after the other, and all of them at a
    /// time.</summary>
    /// <param name="code">The file <c>a.cs</c>.</param>
    /// <param name="fixedCode">What becomes of it, with marks where something is reported still.</param>
    /// <param name="key">Which of the fixes.</param>
    public static Task FixAsync(string code, string fixedCode, string key)
    {
        var test = new FixesTest { CodeActionEquivalenceKey = key };
        Prepare(test, code);
        test.FixedState.Sources.Add(("a.cs", fixedCode));
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        (string, string)[] stubs = [("secretsmanager.cs", SdkStubs.SecretsManager), ("version3.cs", SdkStubs.Version3)];
        foreach ((string, string) stub in stubs)
        {
            test.TestState.Sources.Add(stub);
            test.FixedState.Sources.Add(stub);
        }

        if (code.Contains("Amazon.CDK", StringComparison.Ordinal))
        {
            WithCdk(test);
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The CDK, for tests whose code uses it: its metadata are large.</summary>
    public static void WithCdk(AnalyzerTest<DefaultVerifier> test) => test.TestState.AdditionalReferences.AddRange(Compiled.Cdk);

    /// <summary>Files besides <c>a.cs</c>: code, and what is beside the code.</summary>
    public static void With(AnalyzerTest<DefaultVerifier> test, params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
        {
            (name.EndsWith(".cs", StringComparison.Ordinal) ? test.TestState.Sources : test.TestState.AdditionalFiles).Add((name, text));
        }
    }

    /// <summary>Leaves out the AWS SDK.</summary>
    public static void WithoutSdk(AnalyzerTest<DefaultVerifier> test)
    {
        test.TestState.AdditionalReferences.Clear();
        test.TestState.AdditionalReferences.AddRange(Compiled.Framework);
    }

    /// <summary>The code without marks.</summary>
    public static string Plain(string code) => Mark().Replace(code, "");

    private static void Prepare(AnalyzerTest<DefaultVerifier> test, string code)
    {
        test.TestState.Sources.Add(("a.cs", code));
        // Raw strings begin so.
        test.MarkupOptions = MarkupOptions.TreatPositionIndicatorsAsCode;
        // No package is downloaded for a test.
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.TestState.AdditionalReferences.AddRange(Compiled.References);
        // What generated code holds is reported, and what hides a finding is the compiler's business.
        test.TestBehaviors |= TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        test.DiagnosticVerifier = (diagnostic, _, _) =>
            Fresh.AssertHidden($"{diagnostic} {diagnostic.Descriptor.Description} {string.Join(' ', diagnostic.Properties)}");
    }

    [GeneratedRegex(@"\{\|[#\w]+:|\|\}", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    private sealed class AnalyzersTest : CSharpAnalyzerTest<PolicyAnalyzer, DefaultVerifier>
    {
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analyzers;
    }

    private sealed class FixesTest : CSharpCodeFixTest<PolicyAnalyzer, PolicyFix, DefaultVerifier>
    {
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analyzers;

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() =>
            [new AccessKeyFix(), new ConnectionStringFix(), new RegionalStsFix(), new PolicyFix()];
    }
}
