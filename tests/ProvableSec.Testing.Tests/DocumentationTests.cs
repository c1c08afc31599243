using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProvableSec.Testing.Tests;

/// <summary>Every example of the package compiles: of the XML docs, of its readme and of the guide.</summary>
public sealed partial class DocumentationTests
{
    private const string Usings = "using System; using System.IO; using System.Linq; using System.Collections.Generic; using Xunit; using ProvableSec.Testing;\n";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string, string> Examples()
    {
        var examples = new TheoryData<string, string>();
        foreach (XElement member in XDocument.Load(Path.ChangeExtension(typeof(Policies).Assembly.Location, ".xml")).Descendants("member")
            .Where(m => m.Element("example") is not null))
        {
            examples.Add(member.Attribute("name")!.Value, member.Element("example")!.Value);
        }

        foreach (string file in (string[])["testing/ProvableSec.Testing/README.md", "docs/testing.md"])
        {
            int number = 0;
            foreach (Match block in CSharp().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))))
            {
                examples.Add($"{file} {++number}", block.Groups[1].Value);
            }
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void It_compiles(string where, string code)
    {
        string fields = "private static PolicySubject role = null!; private static TemplatePolicies template = null!; private static OrganizationPolicies organization = null!;";
        string source = code.Contains("public class", StringComparison.Ordinal) ? Usings + code : code.Contains("[Fact]", StringComparison.Ordinal)
            ? $"{Usings}public class C {{ {fields} {code} }}" : $"{Usings}public class C {{ {fields} void M() {{ {code} }} }}";
        var compilation =
            CSharpCompilation.Create("Example",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), cancellationToken: TestContext.Current.CancellationToken)],
            References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal([], compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{where}: {d.GetMessage()}"));
    }

    [Fact]
    public void Names_stand_beside_those_of_others_in_one_file()
    {
        // A name that two namespaces have is an error where it is used; so is a call that two extension methods take.
        string names = string.Concat(typeof(Policies).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => $"_ = typeof({type.Name}); "));
        string source = $$"""
            using System.Linq; using System.Text.Json; using System.Text.Json.Nodes; using Microsoft.CodeAnalysis; using Microsoft.CodeAnalysis.CSharp; using Microsoft.CodeAnalysis.Text;
            using Xunit; using Shouldly; using AwesomeAssertions; using ProvableSec.Testing;
            public class C
            {
                [Fact] public void Names() { {{names}} }
                [Fact] public void Calls(PolicySubject role, TemplatePolicies template)
                {
                    role.ShouldNeverAllow("iam:*", when: r => r["aws:SourceIp"].IsAbsent); role.ShouldAllow("s3:GetObject"); role.ShouldAllowOnly(["s3:GetObject"]);
                    role.ShouldBeEquivalentTo(role); role.ShouldGrantNoMoreThan(role); role.ShouldNotBePublic(); role.ShouldHaveNoFindings(FindingSeverity.Error);
                    template.Roles.ButNot("Deploy*").ShouldHaveNoPrivilegeEscalation(); template.Roles.ShouldHaveNoDeadStatements();
                    role.ToString().ShouldBe("role"); role.ToString().Should().Be("role");
                }
            }
            """;
        var compilation =
            CSharpCompilation.Create("Names",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), cancellationToken: TestContext.Current.CancellationToken)],
            References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal([], compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.GetMessage()));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
