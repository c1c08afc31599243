using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>The project's own checks, as the nearest <c>provablesec.json</c> has them.</summary>
/// <param name="configurations">Finds it.</param>
/// <param name="allowOutside">Whether the files that it names may lie outside of its repository.</param>
internal sealed class ConfiguredChecks(NearestConfigurations configurations, bool allowOutside)
{
    private readonly Dictionary<NearestConfiguration, ImmutableArray<(OwnCheck Check, HashSet<string>? Files)>> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, IReadOnlyList<OwnCheck>> ofFiles = new(StringComparer.Ordinal);

    /// <summary>All checks of the files that were asked about so far, each id once.</summary>
    public IReadOnlyList<OwnCheck> All => [.. known.Values.SelectMany(checks => checks.Select(check => check.Check)).DistinctBy(check => check.Rule.Id)
        .OrderBy(check => check.Rule.Id, StringComparer.Ordinal)];

    /// <summary>The checks that are about a file.</summary>
    /// <param name="path">The file.</param>
    public IReadOnlyList<OwnCheck> Of(string path)
    {
        if (configurations.Of(path) is not { } configuration)
        {
            return [];
        }

        string full = Path.GetFullPath(path);
        if (!ofFiles.TryGetValue(full, out IReadOnlyList<OwnCheck>? checks))
        {
            ImmutableArray<(OwnCheck Check, HashSet<string>? Files)> all = In(configuration);
            // The policy that says what is forbidden gives it to nobody.
            bool isForbidden = all.Any(check => check.Check.Denied.Source.Name is { Length: > 0 } name && Path.GetFullPath(name) == full);
            ofFiles.Add(full, checks = isForbidden ? [] : [.. all.Where(check => check.Files?.Contains(full) != false).Select(check => check.Check)]);
        }

        return checks;
    }

    private ImmutableArray<(OwnCheck Check, HashSet<string>? Files)> In(NearestConfiguration configuration)
    {
        if (!known.TryGetValue(configuration, out ImmutableArray<(OwnCheck Check, HashSet<string>? Files)> checks))
        {
            known.Add(configuration, checks = Read(configuration));
        }

        return checks;
    }

    private ImmutableArray<(OwnCheck Check, HashSet<string>? Files)> Read(NearestConfiguration configuration)
    {
        if (!configuration.Json.Root.TryGetProperty("checks", out JsonItem listed))
        {
            return [];
        }

        var problems = new ConfigurationProblems(configuration.Files[^1]);
        var loader = new PolicyLoader(new FilePolicySource(configuration.Source.Name, allowOutside), new PolicyCache());
        var checks = ImmutableArray.CreateBuilder<(OwnCheck, HashSet<string>?)>();
        foreach (ConfiguredCheck check in new OwnCheckReader(loader, problems).Read(listed))
        {
            checks.Add((check.Check, check.Files.IsEmpty ? null : Files(configuration, check, problems)));
        }

        configurations.Refuse(problems);
        return checks.ToImmutable();
    }

    private static HashSet<string> Files(NearestConfiguration configuration, ConfiguredCheck check, ConfigurationProblems problems)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonItem pattern in check.Files)
        {
            IReadOnlyList<string> found = configuration.FilesOf(pattern.Text);
            files.UnionWith(found);
            if (!found.Any(File.Exists))
            {
                // A check of nothing would pass for a proof.
                problems.Add(pattern, ProblemCode.UnreadableFile, $"no file matches {pattern.Text}");
            }
        }

        return files;
    }
}
