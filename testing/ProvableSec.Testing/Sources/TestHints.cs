using ProvableSec.Rules.Stacks;

namespace ProvableSec.Testing.Sources;

/// <summary>How a test says what a template or plan leaves open.</summary>
internal static class TestHints
{
    /// <summary>The calls.</summary>
    public static DeploymentHints Hints { get; } = new(
        name => $"give it with .WithManagedPolicy(\"{name}\", \"….json\")",
        "give the list with .With(\"…\", \"one,two\")",
        "give some with .With(\"…\", \"…\") or .WithCondition(\"…\")");
}
