namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>The compiler loads the netstandard2.0 build and programs the net10.0 one: whoever writes against one must be able to use the other.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Projects() => [.. BuiltLibraries.All().Where(BuiltLibraries.IsForBothFrameworks)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Both_frameworks_have_one_public_API(string project)
    {
        using var old = new AssemblyMetadata(BuiltLibraries.Assembly(project, "netstandard2.0"));
        using var current = new AssemblyMetadata(BuiltLibraries.Assembly(project, "net10.0"));
        string[] expected = [.. current.PublicSurface().Order(StringComparer.Ordinal)];
        string[] actual = [.. old.PublicSurface().Order(StringComparer.Ordinal)];
        Assert.Empty(expected.Except(actual, StringComparer.Ordinal).Select(line => "net10.0 only: " + line));
        Assert.Empty(actual.Except(expected, StringComparer.Ordinal).Select(line => "netstandard2.0 only: " + line));
    }

    [Fact]
    public void The_surface_holds_what_a_caller_sees_and_nothing_else()
    {
        using var policy = new AssemblyMetadata(BuiltLibraries.Assembly("ProvableSec.Policy", "netstandard2.0"));
        string[] surface = [.. policy.PublicSurface()];
        Assert.Contains(surface, line => line.StartsWith("ProvableSec.Policy.Model.PolicyReader.Read`0(ProvableSec.Policy.Text.DocumentText) (source) : ",
            StringComparison.Ordinal));
        Assert.Contains(surface, line => line.StartsWith("ProvableSec.Policy.Model.Effect.Deny : ", StringComparison.Ordinal));
        Assert.Contains(surface, line => line.StartsWith("ProvableSec.Policy.Json.JsonItem.ElementEnumerator : ", StringComparison.Ordinal));
        Assert.DoesNotContain(surface, line => line.Contains("JsonNode", StringComparison.Ordinal) || line.StartsWith("System.", StringComparison.Ordinal));
    }
}
