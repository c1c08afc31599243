using System.Xml.Linq;

namespace ProvableSec.Runtime.Tests;

/// <summary>References point down only: what runs in production carries nothing that it does not need.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("ProvableSec.Logs", "")]
    [InlineData("ProvableSec.Logs.Proofs", "", "ProvableSec.Logs", "ProvableSec.Reasoning")]
    [InlineData("ProvableSec.Analytics", "DuckDB.NET.Data.Full", "ProvableSec.Logs")]
    [InlineData("ProvableSec.Logs.Firehose", "AWSSDK.S3 AWSSDK.SimpleSystemsManagement", "ProvableSec.Logs")]
    public void A_project_refers_to_these_and_no_others(string project, string packages, params string[] expected)
    {
        var file = XDocument.Load(Repository.Path($"runtime/{project}/{project}.csproj"));
        Assert.Equal(packages, string.Join(' ', file.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)));
        Assert.Equal(expected, file.Descendants("ProjectReference").Select(reference =>
            Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)));
    }
}
