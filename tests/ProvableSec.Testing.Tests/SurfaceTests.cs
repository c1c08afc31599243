using System.Reflection;
using System.Xml.Linq;

namespace ProvableSec.Testing.Tests;

/// <summary>The public surface: documented, with names that collide with nothing in a test file.</summary>
public sealed class SurfaceTests
{
    // What System.Text.Json, xunit, NUnit, MSTest, Shouldly, AwesomeAssertions and Roslyn have at the places that tests import.
    private static readonly string[] Taken =
    [
        "Assert", "Record", "Skip", "TestContext", "JsonTree", "JsonItem", "JsonSerializer", "Should", "Is", "Has", "Does", "Throws", "Document", "Solution",
            "Project", "Location", "Diagnostic", "Compilation", "Policy", "Statement", "Role", "Template",
    ];

    private static readonly Type[] Public = typeof(Policies).Assembly.GetExportedTypes();

    [Fact]
    public void Every_type_is_in_one_namespace_and_collides_with_nothing()
    {
        Assert.All(Public, type => Assert.Equal("ProvableSec.Testing", type.Namespace));
        Assert.Empty(Public.Select(type => type.Name).Intersect(Taken, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_member_is_documented()
    {
        XElement[] members = [.. XDocument.Load(Path.ChangeExtension(typeof(Policies).Assembly.Location, ".xml")).Descendants("member")];
        Assert.All(
            Public.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method && method.Name != "GetEnumerator"),
            method => Assert.Contains(members, member => member.Attribute("name")!.Value
                .StartsWith($"M:{method.DeclaringType!.FullName}.{method.Name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Both_frameworks_have_one_public_API()
    {
        string net = typeof(Policies).Assembly.Location;
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string old = Path.Combine(Repository.Root, "testing", "ProvableSec.Testing", "bin", configuration, "netstandard2.0", "ProvableSec.Testing.xml");
        Assert.Equal(Names(Path.ChangeExtension(net, ".xml")), Names(old));
    }

    // Each public member has its documentation, so that these are the same where the members are.
    private static string[] Names(string file) => [.. XDocument.Load(file).Descendants("member").Select(member => member.Attribute("name")!.Value)
        .Where(name => name.Contains("ProvableSec.Testing.", StringComparison.Ordinal)
        && !name.Contains("ProvableSec.Testing.Sources", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
