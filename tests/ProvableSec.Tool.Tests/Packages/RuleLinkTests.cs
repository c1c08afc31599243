using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Tests.Packages;

/// <summary>A finding leads to the page of its rule: on the web where the build was told the repository's address, and in the package always.</summary>
public sealed class RuleLinkTests
{
    private const string Address = "https://git.example.com/provablesec";

    [Fact]
    public void A_link_is_the_address_of_the_repository_and_a_file_of_it()
    {
        Assert.All(RuleCatalogue.All, rule =>
        {
            string link = RuleLink.To(rule, Address + "/")!;
            Assert.StartsWith(Address + "/blob/main/docs/rules/PSEC", link, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(Repository.Root, link[(Address + "/blob/main/").Length..])), link);
        });
        Assert.Equal((null, null), (RuleLink.To(RuleCatalogue.All[0], null), RuleLink.To(RuleCatalogue.All[0], "")));
    }

    /// <summary>The one property of the build is what the assembly tells.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData(Address, Address)]
    public void The_build_tells_the_assembly_of_the_rules_where_the_repository_is(string property, string? told)
    {
        using JsonDocument build = JsonDocument.Parse(MsBuild(
            "rules/ProvableSec.Rules/ProvableSec.Rules.csproj", "-p:TargetFramework=netstandard2.0", "-p:SourceRepositoryUrl=" + property,
                "-t:GetAssemblyAttributes", "-getItem:AssemblyAttribute"));
        Assert.Equal(told, build.RootElement.GetProperty("Items").GetProperty("AssemblyAttribute").EnumerateArray()
            .Where(attribute => attribute.TryGetProperty("_Parameter1", out JsonElement key) && key.GetString() == "RepositoryUrl")
            .Select(attribute => attribute.GetProperty("_Parameter2").GetString()).SingleOrDefault());
    }

    [Fact]
    public void SARIF_has_the_link_where_there_is_one()
    {
        Assert.Equal([Address + "/blob/main/docs/rules/PSEC2001.md"], Links(Address));
        Assert.Equal([], Links(null));

        static string?[] Links(string? repository)
        {
            var log = new MemoryStream();
            using (var json = new Utf8JsonWriter(log, SarifWriter.Options))
            {
                var sarif = new SarifWriter(json, [SarifRule.Of(RuleCatalogue.All.Single(rule => rule.Id == "PSEC2001"), repository)], path => path,
                    text => text);
                sarif.Begin();
                sarif.End();
            }

            using JsonDocument written = JsonDocument.Parse(Encoding.UTF8.GetString(log.ToArray()));
            JsonElement rules = written.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules");
            return [.. rules.EnumerateArray().Where(rule => rule.TryGetProperty("helpUri", out _)).Select(rule => rule.GetProperty("helpUri").GetString())];
        }
    }

    [Fact]
    public void The_package_of_analyzers_has_every_page()
    {
        using JsonDocument build = JsonDocument.Parse(MsBuild("analyzers/ProvableSec.Analyzers.Package/ProvableSec.Analyzers.Package.csproj", "-getItem:None"));
        IEnumerable<string> packed = build.RootElement.GetProperty("Items").GetProperty("None").EnumerateArray()
            .Where(item => item.TryGetProperty("PackagePath", out JsonElement path) && path.GetString() == "docs/rules")
                .Select(item => item.GetProperty("Filename").GetString()!);
        Assert.Equal(RuleCatalogue.All.Select(rule => rule.Id).Append("README").Order(), packed.Order());
    }

    private static string MsBuild(string project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Repository.Root, project), .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
