using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the baselines that <c>"baseline": "git:main"</c> means: policies as they are at a revision of the repository, at the same path.</summary>
/// <param name="place">The file of the configuration, whose repository it is.</param>
internal sealed class RevisionBaselines(ConfigurationPlace place)
{
    /// <summary>What the name of a revision stands behind.</summary>
    public const string Prefix = "git:";

    // What was granted before there was a policy.
    private const string Nothing = """{"Version":"2012-10-17","Statement":[]}""";

    private readonly Dictionary<string, RevisionFiles> revisions = new(StringComparer.Ordinal);

    /// <summary>Whether a baseline is of a revision.</summary>
    public static bool IsRevision(JsonItem baseline) => baseline.Kind == JsonKind.String && baseline.Text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The files of the revision that a baseline names; null, and a problem, where there are none.</summary>
    /// <param name="baseline">The member.</param>
    /// <param name="folder">Any folder of the repository.</param>
    /// <param name="problems">Takes the problem.</param>
    public static RevisionFiles? TryOpen(JsonItem baseline, string folder, ConfigurationProblems problems)
    {
        string revision = baseline.Text[Prefix.Length..];
        if (revision.Length == 0)
        {
            problems.Add(baseline, ProblemCode.InvalidValue, $"\"{Prefix}\" names no revision; write {Prefix}main for the branch main");
            return null;
        }

        RevisionFiles? files = RevisionFiles.TryOpen(folder, revision, out string? problem);
        if (files is null)
        {
            problems.Add(baseline, ProblemCode.UnreadableFile, $"the baseline {baseline.Text} cannot be read: {problem}");
        }

        return files;
    }

    /// <summary>Reads the policies as they were.</summary>
    /// <param name="baseline">The member that names the revision.</param>
    /// <param name="paths">Where the policies are now, as the configuration names them.</param>
    /// <param name="problems">Takes what is wrong, and which policies are new.</param>
    /// <returns>The policies by those paths, without those that cannot be read.</returns>
    public IReadOnlyDictionary<string, PolicyDocument> Read(JsonItem baseline, IReadOnlyList<string> paths, ConfigurationProblems problems)
    {
        var found = new Dictionary<string, PolicyDocument>(StringComparer.Ordinal);
        string revision = baseline.Text[Prefix.Length..];
        if (!revisions.TryGetValue(revision, out RevisionFiles? files))
        {
            if ((files = TryOpen(baseline, place.Folder, problems)) is null)
            {
                return found;
            }

            revisions.Add(revision, files);
        }

        string[] inside = [.. paths.Where(path => files.IsInside(place.NameOf(path)))];
        foreach (string outside in paths.Except(inside))
        {
            problems.Add(baseline, ProblemCode.InvalidValue,
                $"{place.NameOf(outside)} lies outside of the repository, so that it has no baseline {baseline.Text}; give the path of one");
        }

        Dictionary<string, string?> contents = inside.ToDictionary(path => path, path => files.ContentOf(place.NameOf(path)), StringComparer.Ordinal);
        if (files.Read([.. contents.Values.OfType<string>().Distinct()]) is not { } read)
        {
            problems.Add(baseline, ProblemCode.UnreadableFile, $"git cannot read the files that it has stored for {files.Name} (git fsck says what is broken)");
            return found;
        }

        foreach ((string path, string? content) in contents)
        {
            string name = $"{place.NameOf(path)}@{revision}";
            if (content is null)
            {
                problems.Add(baseline, ProblemCode.EmptyList, $"{place.NameOf(path)} is not a file in {files.Name}, so that everything that it allows is new");
                found.Add(path, PolicyFile.Read(new DocumentText(Nothing, name)));
            }
            else if (read.GetValueOrDefault(content) is not { } bytes)
            {
                problems.Add(baseline, ProblemCode.UnreadableFile,
                    $"{name} is larger than {InputFile.MaxBytes >> 20} MB or missing in this clone (in a partial clone: git fetch --refetch --no-filter)");
            }
            else if (Document(bytes, name, problems) is { } document)
            {
                found.Add(path, document);
            }
        }

        return found;
    }

    private static PolicyDocument? Document(byte[] bytes, string name, ConfigurationProblems problems)
    {
        if (DocumentText.TryDecode(bytes, name, out PolicyProblem? undecodable) is not { } text)
        {
            problems.Collected.Add(undecodable!);
            return null;
        }

        PolicyDocument document = PolicyFile.Read(text);
        foreach (PolicyProblem problem in document.Problems.Where(problem => problem.IsError))
        {
            problems.Collected.Add(problem);
        }

        return document.HasErrors ? null : document;
    }
}
