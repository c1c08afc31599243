using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Analyzers.Policies;
using ProvableSec.CodeFixes;
using ProvableSec.CodeFixes.Policies;

namespace ProvableSec.Analyzers.Tests;

/// <summary>
/// Repairs code against the real AWS SDK, as an editor and <c>dotnet format</c> do, and compiles what comes of it, for what <see cref="Marked.FixAsync"/>
/// cannot ask: which titles
/// are offered, none among them, and what is fixed where no fix is chosen, as <c>dotnet format</c> does.
/// </summary>
internal static class Repaired
{
    private static readonly CodeFixProvider[] Fixes = [new AccessKeyFix(), new ConnectionStringFix(), new RegionalStsFix(), new PolicyFix()];

    /// <summary>The titles of what is offered at each diagnostic, in order.</summary>
    public static async Task<string[]> OffersAsync(string code)
    {
        Project project = ProjectOf(code);
        Document document = project.Documents.Single(document => document.Name == "a.cs");
        var titles = new List<string>();
        foreach (Diagnostic diagnostic in await DiagnosticsAsync(project))
        {
            titles.AddRange((await ActionsAsync(document, diagnostic)).Select(offer => offer.Action.Title));
        }

        return [.. titles];
    }

    /// <summary>The code after the first diagnostic's repair of that key.</summary>
    public static async Task<string> OnceAsync(string code, string key)
    {
        Project project = ProjectOf(code);
        Document document = project.Documents.Single(document => document.Name == "a.cs");
        foreach (Diagnostic diagnostic in await DiagnosticsAsync(project))
        {
            if ((await ActionsAsync(document, diagnostic)).Select(offer => offer.Action).FirstOrDefault(action => action.EquivalenceKey == key) is { } action)
            {
                return await ChangedAsync(document, action);
            }
        }

        return code;
    }

    /// <summary>The code after all repairs of that key, for one rule after the other; without a key as <c>dotnet format</c> does where it knows none.</summary>
    public static async Task<string> EverywhereAsync(string code, string? key)
    {
        foreach (CodeFixProvider fix in Fixes)
        {
            foreach (string id in fix.FixableDiagnosticIds)
            {
                Project project = ProjectOf(code);
                Document document = project.Documents.Single(document => document.Name == "a.cs");
                var context = new FixAllContext(document, fix, FixAllScope.Solution, key!, [id], new Known(await DiagnosticsAsync(project)),
                    CancellationToken.None);
                if (await fix.GetFixAllProvider()!.GetFixAsync(context) is { } action)
                {
                    code = await ChangedAsync(document, action);
                }
            }
        }

        return code;
    }

    private static async Task<List<(CodeFixProvider Fix, CodeAction Action)>> ActionsAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<(CodeFixProvider, CodeAction)>();
        foreach (CodeFixProvider fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add((fix, action)), CancellationToken.None));
        }

        return actions;
    }

    private static async Task<string> ChangedAsync(Document document, CodeAction action)
    {
        Solution changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        Document repaired = changed.GetDocument(document.Id)!;
        Compilation compilation = (await repaired.Project.GetCompilationAsync())!;
        Assert.Equal([], compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()));
        return (await repaired.GetTextAsync()).ToString();
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new CredentialAnalyzer(), new CredentialUseAnalyzer(), new PolicyAnalyzer()],
            new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static Project ProjectOf(string code)
    {
        var workspace = new AdhocWorkspace();
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(id, VersionStamp.Default, "Sample", "Sample", LanguageNames.CSharp,
                metadataReferences: code.Contains("Amazon.CDK", StringComparison.Ordinal) ? [.. Compiled.References, .. Compiled.Cdk] : Compiled.References,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)))
            .AddDocument(DocumentId.CreateNewId(id), "a.cs", SourceText.From(code))
            .AddDocument(DocumentId.CreateNewId(id), "secretsmanager.cs", SourceText.From(SdkStubs.SecretsManager))
            .AddDocument(DocumentId.CreateNewId(id), "version3.cs", SourceText.From(SdkStubs.Version3));
        return solution.GetProject(id)!;
    }

    private sealed class Known(ImmutableArray<Diagnostic> all) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return all.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(all);
    }
}
