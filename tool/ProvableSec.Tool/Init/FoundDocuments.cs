using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Yaml;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Init;

/// <summary>What a folder holds that a configuration can speak of, each by its path from there.</summary>
internal sealed class FoundDocuments
{
    private static readonly string[] Extensions = [".json", ".template", ".yaml", ".yml"];

    /// <summary>Policies of their own, with their type.</summary>
    public List<(string Path, PolicyType Type)> Policies { get; } = [];

    /// <summary>Account dumps.</summary>
    public List<string> Dumps { get; } = [];

    /// <summary>Templates and plans.</summary>
    public List<string> Templates { get; } = [];

    /// <summary>Answers of the CLI that hold the policy of a resource.</summary>
    public List<string> ResourceAnswers { get; } = [];

    /// <summary>Files that describe an organization.</summary>
    public List<string> Organizations { get; } = [];

    /// <summary>Roles and users of the dumps whose name says that they administer.</summary>
    public SortedSet<string> Administrators { get; } = new(StringComparer.Ordinal);

    /// <summary>How many files were looked at.</summary>
    public int LookedAt { get; private set; }

    /// <summary>Whether there is nothing to write a configuration about.</summary>
    public bool IsEmpty => Policies.Count + Dumps.Count + Templates.Count + ResourceAnswers.Count == 0;

    /// <summary>Looks into a folder, without what .gitignore leaves out.</summary>
    public static FoundDocuments In(string folder)
    {
        var found = new FoundDocuments();
        string top = Path.GetFullPath(folder);
        foreach (FileTree.Entry file in new FileTree(ignoreFiles: true).Files(folder)
            .Where(file => Extensions.Contains(Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => file.FullPath, StringComparer.Ordinal))
        {
            string path = Path.GetRelativePath(top, file.FullPath).Replace('\\', '/');
            found.LookedAt++;
            if (InputFile.TryRead(file.FullPath, path, out _, InputScope.Everywhere) is { } source)
            {
                found.Add(path, source);
            }
        }

        return found;
    }

    private void Add(string path, DocumentText source)
    {
        if (YamlText.IsYaml(source))
        {
            if (YamlText.ToJson(source, out _) is not { } converted)
            {
                return;
            }

            source = new DocumentText(converted.Text, path);
        }

        JsonTree json = JsonTreeReader.Read(source);
        switch (PolicyDocuments.KindOf(json.Root))
        {
            case DocumentKind.Policy when !path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
                && !path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase):
                FoundPolicy policy = PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity))[0];
                Policies.Add((path, policy.Context.Type));
                break;
            case DocumentKind.AccountDump:
                Dumps.Add(path);
                AddAdministrators(json.Root);
                break;
            case DocumentKind.Template or DocumentKind.TerraformPlan:
                Templates.Add(path);
                break;
            case DocumentKind.Other when PolicyDocuments.IsCliAnswer(json.Root):
                if (PolicyDocuments.InCliAnswer(json, new PolicyContext(PolicyType.Resource)).Any(answer => answer.Context.Type == PolicyType.Resource))
                {
                    ResourceAnswers.Add(path);
                }

                break;
            case DocumentKind.Other when RecognizedInput.Of(json.Root) == RecognizedInput.Organization:
                Organizations.Add(path);
                break;
        }
    }

    private void AddAdministrators(JsonItem dump)
    {
        foreach (string list in (string[])["RoleDetailList", "UserDetailList"])
        {
            foreach (JsonItem holder in dump.TryGetProperty(list, out JsonItem holders) ? holders.Items() : [])
            {
                bool attached = holder.TryGetProperty("AttachedManagedPolicies", out JsonItem policies)
                    && policies.Items().Exists(policy => policy.TryGetProperty("PolicyArn", out JsonItem arn)
                        && arn.Text.EndsWith(":policy/AdministratorAccess", StringComparison.Ordinal));
                if (attached && holder.TryGetProperty("Arn", out JsonItem name) && name.Text.Split(':', 6) is { Length: 6 } fields)
                {
                    Administrators.Add($"arn:*:iam::*:{fields[5]}");
                }
            }
        }
    }
}
