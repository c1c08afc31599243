using ProvableSec.Rules.Tests.Credentials;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Environments that a stack gives to functions and containers, with the CDK's own types. No constant is the whole value.</summary>
public sealed class CdkTests
{
    private static readonly Fresh Any = new(31);
    private static readonly string Secret = Any.SecretKey(), Password = Any.Password();

    public static TheoryData<string, string> Environments() => new()
    {
        { "new Amazon.CDK.AWS.Lambda.FunctionProps { Environment = new Dictionary<string, string> { [\"AWS_SECRET_ACCESS_KEY\"] =\nS.H + S.T } }", "PSEC1003" },
        { "new Amazon.CDK.AWS.Lambda.FunctionProps { Environment = new Dictionary<string, string> { { \"AWS_SECRET_ACCESS_KEY\",\nS.H + S.T } } }", "PSEC1003" },
        { "((Amazon.CDK.AWS.Lambda.Function)x).AddEnvironment(\"AWS_SECRET_ACCESS_KEY\",\n$\"{S.H}{S.T}\")", "PSEC1003" },
        { "((Amazon.CDK.AWS.Lambda.Function)x).AddEnvironment(key: \"HSM_PASSWORD\", value:\nS.P + S.Q)", "PSEC1011" },
        { "new Amazon.CDK.AWS.ECS.ContainerDefinitionOptions { Environment = new Dictionary<string, string> { [\"AWS_SECRET_ACCESS_KEY\"] =\nS.H + S.T } }", "PSEC1003" },
        { "((Amazon.CDK.AWS.ECS.ContainerDefinition)x).AddEnvironment(\"AWS_SECRET_ACCESS_KEY\",\nS.H + S.T)", "PSEC1003" },
        { "new Amazon.CDK.AWS.CodeBuild.BuildEnvironmentVariable { Value =\n\"x\" }", "" },
        { "((Amazon.CDK.AWS.Lambda.Function)x).AddEnvironment(\"STAGE\",\nS.P + S.Q)", "" },
    };

    [Theory]
    [MemberData(nameof(Environments))]
    public void An_environment_of_the_stack_is_looked_into(string expression, string rule)
    {
        string code = $$"""
            using System.Collections.Generic;
            static class S { public const string H = "{{Secret[..17]}}", T = "{{Secret[17..]}}", P = "{{Password[..5]}}", Q = "{{Password[5..]}}"; }
            class Sample { void M(object x) => {{expression}}; }
            """;
        string[] found = Compiled.Diagnostics(code, Compiled.Cdk);
        Assert.Equal(rule.Length == 0 ? "" : $"4 {rule}", string.Join(' ', found.Select(line => $"{line.Split('(', ',')[1]} {line.Split(' ')[2].TrimEnd(':')}")));
    }
}
