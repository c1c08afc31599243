using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>Each package has its reason written down, with the version that is used, and no other has.</summary>
public sealed partial class DependencyTests
{
    [Fact]
    public void The_page_names_the_packages_that_are_used()
    {
        IEnumerable<string> used = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Include")?.Value} {package.Attribute("Version")?.Value}");
        IEnumerable<string> named = File.ReadLines(Path.Combine(Repository.Root, "docs", "dependencies.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => PackageAndVersion().Matches(line.Split('|')[1]).Select(match => match.Value));
        Assert.Equal(used.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9.]* [0-9]+(\.[0-9]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex PackageAndVersion();
}
