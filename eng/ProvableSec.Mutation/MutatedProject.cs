using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ProvableSec.Mutation;

/// <summary>A project as the SDK compiles it for its tests, held in memory, so that a mutant costs one compilation and no build.</summary>
internal sealed class MutatedProject
{
    private readonly CSharpCompilation compilation;
    private readonly ResourceDescription[] resources;
    private readonly EmitOptions options;
    private readonly string root;

    private MutatedProject(string root, string assembly, CSharpCompilation compilation, ResourceDescription[] resources, EmitOptions options)
    {
        this.root = root;
        Assembly = assembly;
        this.compilation = compilation;
        this.resources = resources;
        this.options = options;
    }

    /// <summary>The name of its file.</summary>
    public string Assembly { get; }

    /// <summary>Reads how a project is compiled.</summary>
    public static MutatedProject Open(string root, string folder)
    {
        string definition = File.ReadAllText(Directory.EnumerateFiles(Path.Combine(root, folder), "*.csproj").Single());
        string framework = definition.Contains("<TargetFramework>netstandard2.0<", StringComparison.Ordinal) ? "netstandard2.0" : "net10.0";
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(root, folder),
            RedirectStandardOutput = true,
        };
        foreach (string argument in (string[])
        [
            "msbuild", "-nologo", "-t:Compile", "-p:BuildProjectReferences=false", "-p:Configuration=Release", "-p:TargetFramework=" + framework,
                "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            "-p:NonExistentFile=/there/is/none", "-getItem:CscCommandLineArgs", "-getProperty:MSBuildProjectDirectory",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        using JsonDocument document = JsonDocument.Parse(json);
        string[] arguments = [.. document.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(a => a.GetProperty("Identity").GetString()!)];
        string directory = Path.Combine(root, folder);
        CSharpCommandLineArguments parsed = CSharpCommandLineParser.Default.Parse(arguments, directory, sdkDirectory: null);
        SyntaxTree[] trees =
            [.. parsed.SourceFiles
            .Select(f => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(f.Path), System.Text.Encoding.UTF8), parsed.ParseOptions, f.Path))];
        MetadataReference[] references = [.. parsed.MetadataReferences.Select(r => MetadataReference.CreateFromFile(r.Reference, r.Properties))];
        CSharpCompilation compilation = CSharpCompilation.Create(parsed.CompilationName, trees, references,
            parsed.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        ISourceGenerator[] generators =
        [
            .. parsed.AnalyzerReferences.Where(a => a.FilePath.Contains("Microsoft.NETCore.App", StringComparison.Ordinal))
                .SelectMany(a => new AnalyzerFileReference(a.FilePath, Loader.Instance).GetGenerators(LanguageNames.CSharp)),
        ];
        if (generators.Length > 0)
        {
            CSharpGeneratorDriver.Create(generators, parseOptions: parsed.ParseOptions)
                .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
            compilation = (CSharpCompilation)generated;
        }

        var project = new MutatedProject(root, parsed.CompilationName + ".dll", compilation, [.. parsed.ManifestResources],
            parsed.EmitOptions.WithDebugInformationFormat(DebugInformationFormat.Pdb));
        return project.Emit(compilation) is not null ? project : throw new InvalidOperationException(
            $"{folder} does not compile: {compilation.GetDiagnostics().First(d => d.Severity == DiagnosticSeverity.Error)}");
    }

    /// <summary>All changes that can be made below a folder, by file and place.</summary>
    public IEnumerable<Mutant> Mutants(string folder)
    {
        string below = Path.Combine(root, folder) + Path.DirectorySeparatorChar;
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(t => t.FilePath.StartsWith(below, StringComparison.Ordinal)
            && !t.FilePath.Contains("/obj/", StringComparison.Ordinal)).OrderBy(t => t.FilePath, StringComparer.Ordinal))
        {
            var finder = new MutantFinder(Path.GetRelativePath(root, tree.FilePath).Replace('\\', '/'), tree.GetText());
            finder.Visit(tree.GetRoot());
            foreach (Mutant mutant in finder.Found)
            {
                yield return mutant;
            }
        }
    }

    /// <summary>The assembly without any change.</summary>
    public byte[] Unchanged() => Emit(compilation)!;

    /// <summary>The assembly with a change, or null where the compiler refuses it.</summary>
    public byte[]? With(Mutant mutant)
    {
        string path = Path.Combine(root, mutant.File);
        SyntaxTree tree = compilation.SyntaxTrees.First(t => t.FilePath == path);
        return Emit(compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(tree.GetText().WithChanges(mutant.Change))));
    }

    private byte[]? Emit(CSharpCompilation changed)
    {
        using var stream = new MemoryStream();
        EmitResult result = changed.Emit(stream, manifestResources: resources, options: options);
        return result.Success ? stream.ToArray() : null;
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Instance { get; } = new();

        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }
}
