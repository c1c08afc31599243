using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Organizations;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Tool.Files;

/// <summary>An organization that was saved as a folder: answers of <c>aws organizations</c>, or what iam-collect stores.</summary>
internal static class OrganizationFolder
{
    private const string Metadata = "metadata.json", Units = "ous.json", Accounts = "accounts.json";

    // From the top of what iam-collect stores, from its partition, and from its organizations.
    private static readonly string[] Collected = [Units, "*/" + Units, "organizations/*/" + Units, "*/organizations/*/" + Units,
        "aws/*/organizations/*/" + Units];

    /// <summary>Whether a file is one that such a folder has once: an answer of list-roots, or the units that iam-collect stores.</summary>
    public static bool Begins(JsonTree json) =>
        json.Root.TryGetProperty("Roots", out JsonItem roots) ? roots.Kind == JsonKind.Array && roots.Items().Any(root =>
            root.TryGetProperty("Id", out JsonItem id) && id.Text.StartsWith("r-", StringComparison.Ordinal))
        : Path.GetFileName(json.Source.Name) == Units && json.Root.Kind == JsonKind.Object
            && json.Root.Members().Any(unit => unit.Name.StartsWith("ou-", StringComparison.Ordinal));

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="scope">Which files are read.</param>
    /// <param name="problems">Takes what is wrong with its files.</param>
    /// <param name="ofFolder">Makes a problem of what is wrong with the folder.</param>
    /// <returns>Null when something is wrong.</returns>
    public static OrganizationControls? Read(string folder, InputScope scope, CaseProblems problems, Func<string, PolicyProblem> ofFolder)
    {
        try
        {
            string[] collected = [.. Collected.SelectMany(pattern => DocumentGlob.IsPattern(pattern) ? DocumentGlob.Find(folder, pattern, scope)
                : scope.HasFile(Path.Combine(folder, pattern)) ? [pattern] : []).Distinct()];
            if (collected.Length > 1)
            {
                problems.Add(
                    ofFolder(
                        $"{folder} has more than one organization: {string.Join(", ", collected.Select(path => Path.GetDirectoryName(path)))}; name the "
                            + $"folder of one"));
                return null;
            }

            return collected is [var units] ? OfCollected(Path.Combine(folder, Path.GetDirectoryName(units)!), scope, problems, ofFolder)
                : OfAnswers(folder, DocumentGlob.Find(folder, "*.json", scope), scope, problems, ofFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(ofFolder($"{folder} cannot be listed: {e.Message}"));
            return null;
        }
    }

    private static OrganizationControls? OfAnswers(string folder, IReadOnlyList<string> files, InputScope scope, CaseProblems problems,
        Func<string, PolicyProblem> ofFolder)
    {
        var answers = new OrganizationAnswers(problems);
        foreach (string file in files)
        {
            if (Json(Path.Combine(folder, file), scope, problems, ofFolder) is { } json)
            {
                answers.Add(json);
            }
        }

        if (!answers.HasRoots)
        {
            problems.Add(
                ofFolder(
                    $"{folder} has no answer of aws organizations list-roots (*.json) and no {Units} of iam-collect, so that there is no organization in it"));
            return null;
        }

        return answers.Finish();
    }

    private static OrganizationControls? OfCollected(string folder, InputScope scope, CaseProblems problems, Func<string, PolicyProblem> ofFolder)
    {
        JsonTree?[] read = [.. ((string[])[Metadata, Units, Accounts]).Select(name => Json(Path.Combine(folder, name), scope, problems, ofFolder))];
        return read is [{ } metadata, { } units, { } accounts]
            ? new CollectedOrganization(new FilePolicySource(Path.Combine(folder, Metadata), scope), problems).Read(metadata, units, accounts)
            : null;
    }

    private static JsonTree? Json(string file, InputScope scope, CaseProblems problems, Func<string, PolicyProblem> ofFolder)
    {
        if (InputFile.TryRead(file, file, out PolicyProblem? problem, scope) is { } source)
        {
            return JsonTreeReader.Read(source);
        }

        problems.Add(problem!.Code == ProblemCode.UnreadableFile ? ofFolder(problem.Message) : problem);
        return null;
    }
}
