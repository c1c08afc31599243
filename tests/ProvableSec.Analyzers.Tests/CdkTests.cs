namespace ProvableSec.Analyzers.Tests;

/// <summary>Environments that a stack gives to functions and containers, with the CDK's own types. No constant is the whole value.</summary>
public sealed class CdkTests
{
    private static readonly Fresh Any = new(31);
    private static readonly string Secret = Any.SecretKey(), Password = Any.Password();

    public static TheoryData<string> Environments() =>
    [
        """new Amazon.CDK.AWS.Lambda.FunctionProps { Environment = new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = {|PSEC1003:S.H + S.T|} } }""",
        """new Amazon.CDK.AWS.Lambda.FunctionProps { Environment = new Dictionary<string, string> { { "AWS_SECRET_ACCESS_KEY", {|PSEC1003:S.H + S.T|} } } }""",
        """((Amazon.CDK.AWS.Lambda.Function)x).AddEnvironment("AWS_SECRET_ACCESS_KEY", {|PSEC1003:$"{S.H}{S.T}"|})""",
        """((Amazon.CDK.AWS.Lambda.Function)x).AddEnvironment(key: "HSM_PASSWORD", value: {|PSEC1011:S.P + S.Q|})""",
        """new Amazon.CDK.AWS.ECS.ContainerDefinitionOptions { Environment = new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = {|PSEC1003:S.H + S.T|} } }""",
        """((Amazon.CDK.AWS.ECS.ContainerDefinition)x).AddEnvironment("AWS_SECRET_ACCESS_KEY", {|PSEC1003:S.H + S.T|})""",
        """new Amazon.CDK.AWS.CodeBuild.BuildEnvironmentVariable { Value = "x" }""",
        """((Amazon.CDK.AWS.Lambda.Function)x).AddEnvironment("STAGE", S.P + S.Q)""",
    ];

    [Theory]
    [MemberData(nameof(Environments))]
    public Task An_environment_of_the_stack_is_looked_into(string expression) => Marked.CheckAsync(
        $$"""
        using System.Collections.Generic;
        static class S { public const string H = "{{Secret[..17]}}", T = "{{Secret[17..]}}", P = "{{Password[..5]}}", Q = "{{Password[5..]}}"; }
        class Sample { void M(object x) => {{expression}}; }
        """,
        Marked.WithCdk);
}
