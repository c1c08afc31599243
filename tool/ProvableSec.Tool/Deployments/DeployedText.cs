using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Rules.Deployments;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Yaml;

namespace ProvableSec.Tool.Deployments;

/// <summary>What is deployed, as a file has it: JSON, or YAML of one or more documents. <c>check</c> and <c>scan</c> find the same secrets in it.</summary>
internal static class DeployedText
{
    /// <summary>Words of which each kind of document has one.</summary>
    private static readonly string[] Words = ["Resources", "services", "apiVersion", "phases", "containerDefinitions", "planned_values", "root_module"];

    private static readonly string[] Extensions = [".json", ".template", ".yaml", ".yml"];

    /// <summary>Whether a file may hold something that is deployed: whether it is worth reading.</summary>
    public static bool MayBe(string name, string text) => Array.Exists(Extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        && text.Length <= YamlText.MaxLength && Array.Exists(Words, word => text.Contains(word, StringComparison.Ordinal));

    /// <summary>Whether a file is what images are made of: a Dockerfile, or a script or configuration that has to do with CloudHSM or STS.</summary>
    public static bool IsOfImage(DocumentText source) => ImageText.IsDockerfile(source.Name)
        || ((ImageText.IsScript(source.Name) || ImageText.IsConfiguration(source.Name)) && ImageText.IsJudged(source));

    /// <summary>Whether a file of that name may.</summary>
    public static bool HasName(string name) => ImageText.IsDockerfile(name) || ImageText.IsScript(name) || ImageText.IsConfiguration(name)
        || Array.Exists(Extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether JSON is something that is deployed and holds no policies: what that is has a check of its own.</summary>
    public static bool IsOfContainers(JsonItem root) =>
        DeploymentChecks.KindOf(root) is not (DeploymentKind.Other or DeploymentKind.Template or DeploymentKind.TerraformPlan);

    /// <summary>The findings of a file; none for what is not deployed, or cannot be read.</summary>
    /// <param name="source">The file.</param>
    /// <param name="now">The time by which a pre-signed URL has expired or not.</param>
    public static IReadOnlyList<DeploymentFinding> Check(DocumentText source, DateTimeOffset now)
    {
        if (IsOfImage(source) && source.Text.Length <= YamlText.MaxLength)
        {
            return [.. ImageText.Check(source, now).Select(finding => Pointed(source, finding))];
        }

        if (!MayBe(source.Name, source.Text))
        {
            return [];
        }

        if (!YamlText.IsYaml(source))
        {
            return [.. Checked(source, null, now).Select(finding => Pointed(source, finding))];
        }

        var found = new List<DeploymentFinding>();
        foreach (TextRange part in Parts(source.Text))
        {
            var document = new DocumentText(source.Text.Substring(part.Start, part.Length), source.Name);
            if (YamlText.ToJson(document, out _) is { } converted)
            {
                found.AddRange(Checked(document, converted, now).Select(finding => Moved(finding, span => span with { Start = span.Start + part.Start })));
            }
        }

        return [.. found.Select(finding => Pointed(source, finding))];
    }

    /// <summary>The findings of a file, secrets with the fingerprints that a scan gives them.</summary>
    /// <param name="source">The file.</param>
    /// <param name="path">Its path from the root of the repository, or of the run.</param>
    /// <param name="now">The time by which a pre-signed URL has expired or not.</param>
    public static IReadOnlyList<DeploymentFinding> CheckAsScanned(DocumentText source, string path, DateTimeOffset now)
    {
        IReadOnlyList<DeploymentFinding> deployed = Check(source, now);
        if (!deployed.Any(finding => finding.IsWritten))
        {
            return deployed;
        }

        var found = new List<CredentialFinding>();
        new CredentialScanner(now, AllowedCredentials.None).Scan(Encoding.UTF8.GetBytes(source.Text), path, found);
        return DeployedCredentials.Named(deployed, new BytePlaces(source.Text).Of, path, found);
    }

    /// <summary>A secret is pointed at where it begins, behind its quote.</summary>
    private static DeploymentFinding Pointed(DocumentText source, DeploymentFinding found)
    {
        TextRange span = found.Finding.Span;
        int start = span.Start + (span.Length > 0 && source.Text[span.Start] is '"' or '\'' ? 1 : 0);
        return found.IsWritten ? found with { Finding = found.Finding with { Span = new TextRange(start, 0) } } : found;
    }

    private static IReadOnlyList<DeploymentFinding> Checked(DocumentText source, MappedText? converted, DateTimeOffset now)
    {
        JsonTree json = JsonTreeReader.Read(converted is null ? source : new DocumentText(converted.Text, source.Name));
        IReadOnlyList<DeploymentFinding> found = json.Problems.Any(problem => problem.IsError) ? [] : DeploymentChecks.Check(json, now);
        return converted is null ? found : [.. found.Select(finding => Moved(finding, converted.SourceOf))];
    }

    private static DeploymentFinding Moved(DeploymentFinding found, Func<TextRange, TextRange> move) =>
        found with { Finding = found.Finding with { Span = move(found.Finding.Span) }, Value = move(found.Value) };

    /// <summary>The documents of a YAML file: what a line with three dashes separates.</summary>
    private static IEnumerable<TextRange> Parts(string text)
    {
        const string Separator = "\n---";
        int start = 0;
        for (int at = text.IndexOf(Separator, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Separator, at + 1, StringComparison.Ordinal))
        {
            int end = at + Separator.Length;
            if (end == text.Length || char.IsWhiteSpace(text[end]))
            {
                yield return TextRange.FromBounds(start, at + 1);
                start = end;
            }
        }

        yield return TextRange.FromBounds(start, text.Length);
    }
}
