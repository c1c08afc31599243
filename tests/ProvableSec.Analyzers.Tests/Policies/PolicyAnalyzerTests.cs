using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Testing;
using ProvableSec.Analyzers.Policies;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Tests.Policies;

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
                  "Statement": {"Effect": "Allow", "Action": {|#0:"s3:GetObjects"|}, "Resource": "*"}
                }
                """;
        }
        """")]
    [InlineData(""""
        class A
        {
            string P(string b) => $$"""
                {
                  "Version": "2012-10-17",
                  "Statement": {"Effect": "Allow", "Resource": "arn:aws:s3:::{{b}}/*", "Action": {|#0:"s3:GetObjects"|}}
                }
                """;
        }
        """")]
    [InlineData("""class A { string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\"," + " \"Action\": {|#0:\"s3:GetObjects\"|}, \"Resource\": \"*\"}}"; }""")]
    [InlineData("""class A { string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": {|#0:\"s3:GetObjects\"|}, \"Resource\": \"*\"}}"; }""")]
    [InlineData("""class A { string p = @"{""Version"": ""2012-10-17"", ""Statement"": {""Effect"": ""Allow"", ""Action"": {|#0:""s3:GetObjects""|}, ""Resource"": ""*""}}"; }""")]
    [InlineData(""""class A { System.ReadOnlySpan<byte> P => """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": {|#0:"s3:GetObjects"|}, "Resource": "*"}}"""u8; }"""")]
    [InlineData("""class A { string P(string b) => "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": {|#0:\"s3:GetObjects\"|}, \"Resource\": \"arn:aws:s3:::" + b + "/*\"}}"; }""")]
    [InlineData("""class A { string P(string b) => $"{{\"Version\": \"2012-10-17\", \"Statement\": {{\"Effect\": \"Allow\", \"Action\": {|#0:\"s3:GetObjects\"|}, \"Resource\": \"arn:aws:s3:::{b}/*\"}}}}"; }""")]
    public Task The_offending_characters_are_found_through_every_kind_of_literal(string code) => Marked.CheckAsync(code, test =>
        test.ExpectedDiagnostics.Add(new DiagnosticResult("PSEC3005", DiagnosticSeverity.Error).WithLocation(0)
            .WithMessage("Amazon S3 has no action \"GetObjects\"; did you mean \"s3:GetObject\"?")));

    [Theory]
    [InlineData("string P(string action) => $\"{{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": {{\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"{action}\\\", \\\"Resource\\\": \\\"*\\\"}}}}\";")]
    [InlineData("string P = \"a Statement with an Effect { }\";")]
    [InlineData("string P = \"{\\\"Statement\\\": 1}\";")]
    [InlineData("string P(string s) => \"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": [\" + s + \"]}\";")]
    [InlineData("string P(string s) => \"{\\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": {\\\"Effect\\\": \\\"Allow\\\", \\\"Action\\\": \\\"s3:GetObjects\\\"\" + s + \"}}\";")]
    [InlineData("string P = \"SELECT \\\"Statement\\\", \\\"Effect\\\" FROM t\";")]
    public Task What_is_no_policy_or_not_known_is_silent(string member) => Marked.CheckAsync("class A { " + member + " }");

    [Fact]
    public Task A_policy_is_found_in_a_string_that_a_handler_puts_together() => Marked.CheckAsync(
        """"class A { string M(string b) => string.Create(null, $$"""{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": {|PSEC2002:"*"|}, "Resource": "*", "Sid": "{{b}}"} }"""); }"""");

    [Fact]
    public Task Code_that_does_not_compile_is_silent_about_pieces() => Marked.CheckAsync(
        """class A { object M(Unknown u) => u.All(x => u.Read("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + x + "\"}}")); }""",
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Fact]
    public void The_engine_is_the_one_that_the_compiler_loads() => Assert.All(
        new[] { typeof(ProvableSec.Rules.Rule), typeof(ProvableSec.Reasoning.Prover), typeof(ProvableSec.Policy.Json.JsonTreeReader),
            typeof(ProvableSec.ServiceData.ServiceCatalogue) },
        type => Assert.Equal(".NETStandard,Version=v2.0",
            ((System.Runtime.Versioning.TargetFrameworkAttribute)type.Assembly
            .GetCustomAttributes(typeof(System.Runtime.Versioning.TargetFrameworkAttribute), false).Single()).FrameworkName));

    [Fact]
    public Task Half_typed_JSON_has_the_syntax_finding_only() => Marked.CheckAsync(
        """class A { string p = "{\"Statement\": [{\"Effect\": \"allow\", \"Action\": \"s3:Nothing\", {|PSEC3027:\"Resou|}"; }""");

    [Fact]
    public async Task The_property_of_the_SDK_tells_what_a_policy_is()
    {
        await Marked.CheckAsync(
            """class A { object p = new Amazon.SecurityToken.Model.AssumeRoleRequest { Policy = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}" }; }""");
        await Marked.CheckAsync(
            """class A { string p = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": {|PSEC2002:\"*\"|}, \"Resource\": \"*\"}}"; }""");
        await Marked.CheckAsync(
            """class A { object p = new Amazon.S3.Model.PutBucketPolicyRequest { BucketName = "site", Policy = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": {|#0:{|PSEC3402:\"sqs:SendMessage\"|}|}, \"Resource\": \"arn:aws:s3:::site/*\"}}" }; }""",
            test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PSEC3044", DiagnosticSeverity.Error).WithLocation(0)
                .WithMessage("a policy of AWS::S3::Bucket decides about actions of s3 only, not about \"sqs:SendMessage\"")));
    }

    [Fact]
    public Task Policies_and_templates_beside_the_code_are_checked() => Marked.CheckAsync("class A { }", test =>
    {
        Marked.With(
            test,
            ("policies/app.scp.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", {|PSEC3038:"Principal"|}: "*", "Action": "s3:*", "Resource": "*"}]}"""),
            ("cdk.template.json", """
            {"Resources": {"R": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Version": "2012-10-17",
              "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": {|#0:"*"|}}, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::GetAtt": ["B", "Arn"]}}]}}}}}
            """),
            ("appsettings.json", """{"Statement": {"Effect": "none"}, "x": 1}"""),
            ("other.json", """{"Logging": {"Statement": 1}}"""));
        test.ExpectedDiagnostics.Add(new DiagnosticResult("PSEC2107", DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("iam:PassRole is allowed for roles that \"*\" leaves open"));
    });

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
        var compilation = CSharpCompilation.Create("Sample", [tree], Compiled.References,
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        ExpressionSyntax value = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<EqualsValueClauseSyntax>().Single().Value;
        var operation = compilation.GetSemanticModel(tree).GetOperation(value, TestContext.Current.CancellationToken)!;
        MappedText text = CodeText.Of(operation, code);
        string expected = operation is IInterpolatedStringOperation interpolated
            ? string.Concat(interpolated.Parts.Select(part => part is IInterpolatedStringTextOperation { Text.ConstantValue.Value: string known } ? known
                : "\uE5EC"))
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
