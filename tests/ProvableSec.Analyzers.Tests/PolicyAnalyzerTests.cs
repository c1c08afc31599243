using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Analyzers.Policies;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Policies in code and in files beside it, against the real AWS SDK.</summary>
public sealed class PolicyAnalyzerTests
{
    [Theory]
    [InlineData(""""
        class A
        {
            const string P = """
                {
                  "Version": "2012-10-17",
                  "Statement": {"Effect": "Allow", "Action": "s3:GetObjects", "Resource": "*"}
                }
                """;
        }
        """", "\"s3:GetObjects\"")]
    [InlineData("""class A { string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObjects\", \"Resource\": \"*\"}}"; }""", "\\\"s3:GetObjects\\\"")]
    [InlineData("""class A { string p = @"{""Version"": ""2012-10-17"", ""Statement"": {""Effect"": ""Allow"", ""Action"": ""s3:GetObjects"", ""Resource"": ""*""}}"; }""", "\"\"s3:GetObjects\"\"")]
    [InlineData(""""class A { System.ReadOnlySpan<byte> P => """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjects", "Resource": "*"}}"""u8; }"""", "\"s3:GetObjects\"")]
    [InlineData("""class A { string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\"," + " \"Action\": \"s3:GetObjects\", \"Resource\": \"*\"}}"; }""", "\\\"s3:GetObjects\\\"")]
    [InlineData("""class A { string P(string b) => "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObjects\", \"Resource\": \"arn:aws:s3:::" + b + "/*\"}}"; }""", "\\\"s3:GetObjects\\\"")]
    [InlineData("""class A { string P(string b) => $"{{\"Version\": \"2012-10-17\", \"Statement\": {{\"Effect\": \"Allow\", \"Action\": \"s3:GetObjects\", \"Resource\": \"arn:aws:s3:::{b}/*\"}}}}"; }""", "\\\"s3:GetObjects\\\"")]
    [InlineData(""""
        class A
        {
            string P(string b) => $$"""
                {
                  "Version": "2012-10-17",
                  "Statement": {"Effect": "Allow", "Resource": "arn:aws:s3:::{{b}}/*", "Action": "s3:GetObjects"}
                }
                """;
        }
        """", "\"s3:GetObjects\"")]
    public void The_offending_characters_are_found_through_every_kind_of_literal(string code, string token)
    {
        Microsoft.CodeAnalysis.Text.LinePosition at = Microsoft.CodeAnalysis.Text.SourceText.From(code).Lines.GetLinePosition(code.IndexOf(token, StringComparison.Ordinal));
        Assert.Equal([$"a.cs({at.Line + 1},{at.Character + 1}): error PSEC3005: Amazon S3 has no action \"GetObjects\"; did you mean \"s3:GetObject\"?"], Compiled.Diagnostics(("a.cs", code)));
    }

    [Theory]
    [InlineData("string P(string action) => $\"{{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": {{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"{action}\\\", \\\"Resource\\\": \\\"*\\\"}}}}\";")]
    [InlineData("string P = \"a Statement with an Effect { }\";")]
    [InlineData("string P = \"{\\\"Statement\\\": 1}\";")]
    [InlineData("string P(string s) => \"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": [\" + s + \"]}\";")]
    [InlineData("string P(string s) => \"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": {\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"s3:GetObjects\\\"\" + s + \"}}\";")]
    [InlineData("string P = \"SELECT \\\"Statement\\\", \\\"Effect\\\" FROM t\";")]
    public void What_is_no_policy_or_not_known_is_silent(string member) => Assert.Equal([], Compiled.Diagnostics(("a.cs", "class A { " + member + " }")));

    [Fact]
    public void A_policy_is_found_in_a_string_that_a_handler_puts_together()
    {
        const string Code = "class A { string M(string b) => string.Create(null, $$\"\"\"{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Sid\": \"{{b}}\"} }\"\"\"); }";
        Assert.Contains(Compiled.Diagnostics(("a.cs", Code)), line => line.Contains(" PSEC2", StringComparison.Ordinal));
    }

    [Fact]
    public void Code_that_does_not_compile_is_silent_about_pieces() => Assert.Equal([], Compiled.DiagnosticsOfBroken(
        """class A { object M(Unknown u) => u.All(x => u.Read("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + x + "\"}}")); }"""));

    [Fact]
    public void The_engine_is_the_one_that_the_compiler_loads() => Assert.All(
        new[] { typeof(ProvableSec.Rules.Rule), typeof(ProvableSec.Reasoning.Prover), typeof(ProvableSec.Policy.Json.JsonTreeReader), typeof(ProvableSec.ServiceData.ServiceCatalogue) },
        type => Assert.Equal(".NETStandard,Version=v2.0", ((System.Runtime.Versioning.TargetFrameworkAttribute)type.Assembly.GetCustomAttributes(typeof(System.Runtime.Versioning.TargetFrameworkAttribute), false).Single()).FrameworkName));

    [Fact]
    public void Half_typed_JSON_has_the_syntax_finding_only()
    {
        string[] found = Compiled.Diagnostics(("a.cs", """class A { string p = "{\"Statement\": [{\"Effect\": \"allow\", \"Action\": \"s3:Nothing\", \"Resou"; }"""));
        Assert.NotEmpty(found);
        Assert.All(found, line => Assert.Contains(": error PSEC3027: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_property_of_the_SDK_tells_what_a_policy_is()
    {
        const string Open = """{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}""";
        Assert.Equal([], Compiled.Diagnostics(("a.cs", $$"""class A { object p = new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = "{{Open}}" }; }""")));
        Assert.Contains(Compiled.Diagnostics(("a.cs", $$"""class A { string p = "{{Open}}"; }""")), line => line.Contains("PSEC2002", StringComparison.Ordinal));
        const string Bucket = """{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"arn:aws:s3:::site/*\"}}""";
        Assert.Contains(
            Compiled.Diagnostics(("a.cs", $$"""class A { object p = new Amazon.S3.Model.PutBucketPolicyRequest { BucketName = "site", Policy = "{{Bucket}}" }; }""")),
            line => line.Contains("a policy of AWS::S3::Bucket decides about actions of s3 only", StringComparison.Ordinal));
    }

    [Fact]
    public void Policies_and_templates_beside_the_code_are_checked()
    {
        string[] found = Compiled.Diagnostics(
            ("a.cs", "class A { }"),
            ("policies/app.scp.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}"""),
            ("cdk.template.json", """
                {"Resources": {"R": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Version": "2012-10-17",
                  "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::GetAtt": ["B", "Arn"]}}]}}}}}
                """),
            ("appsettings.json", """{"Statement": {"Effect": "none"}, "x": 1}"""),
            ("other.json", """{"Logging": {"Statement": 1}}"""));
        Assert.Contains("cdk.template.json(2,75): warning PSEC2107: iam:PassRole is allowed for roles that \"*\" leaves open", found);
        Assert.Contains(found, line => line.StartsWith("policies/app.scp.json(1,60): error PSEC", StringComparison.Ordinal));
        Assert.DoesNotContain(found, line => line.StartsWith("other.json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"a\\u0041\\x42\\tb\\\\\\\"\"")]
    [InlineData("@\"a\"\"b\\c\"")]
    [InlineData("\"\"\"a\\n\"b\"\"\"")]
    [InlineData("\"\"\"\n      a\n\n        b \"\"x\n      \"\"\"")]
    [InlineData("\"\"\"\"\n  a \"\"\" b\n  \"\"\"\"")]
    [InlineData("\"\"")]
    [InlineData("$\"a{{b}}\\n{1}c\"")]
    [InlineData("$@\"a{{b}}\"\"{1}\\c\"")]
    [InlineData("$\"\"\"a{1}b\"\"\"")]
    [InlineData("$$\"\"\"\n    {a}\n      {{1}} b\n    \"\"\"")]
    [InlineData("\"\\U0001F600é\"")]
    public void The_characters_are_those_that_the_compiler_sees(string literal)
    {
        string code = $"class A {{ string p = {literal}; }}";
        var tree = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Sample", [tree], Compiled.References, new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        ExpressionSyntax value = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<EqualsValueClauseSyntax>().Single().Value;
        var operation = compilation.GetSemanticModel(tree).GetOperation(value, TestContext.Current.CancellationToken)!;
        MappedText text = CodeText.Of(operation, code);
        string expected = operation is IInterpolatedStringOperation interpolated
            ? string.Concat(interpolated.Parts.Select(part => part is IInterpolatedStringTextOperation { Text.ConstantValue.Value: string known } ? known : "\uE5EC"))
            : (string)operation.ConstantValue.Value!;
        Assert.Equal(expected, text.Text);
        for (int i = 0; i < text.Text.Length; i++)
        {
            var at = text.SourceOf(new ProvableSec.Policy.Text.TextRange(i, 1));
            string characters = code.Substring(at.Start, at.Length);
            Assert.True(characters[0] == text.Text[i] || characters[0] is '\\' or '"' or '{', $"{i}: '{characters}'");
        }
    }
}
