using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Documents;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Init;

/// <summary>What a folder holds that a configuration can speak of, each by its path from there.</summary>
internal sealed class FoundDocuments
{
    private readonly SortedSet<string> folders = new(StringComparer.Ordinal);

    /// <summary>Policies of their own, with their type.</summary>
    public List<(string Path, PolicyType Type)> Policies { get; } = [];

    /// <summary>Account dumps.</summary>
    public List<string> Dumps { get; } = [];

    /// <summary>Templates and plans.</summary>
    public List<string> Templates { get; } = [];

    /// <summary>Those of them with roles.</summary>
    public List<string> RoleTemplates { get; } = [];

    /// <summary>Those of them with policies of resources.</summary>
    public List<string> ResourceTemplates { get; } = [];

    /// <summary>Answers of the CLI that hold the policy of a resource.</summary>
    public List<string> ResourceAnswers { get; } = [];

    /// <summary>Files that describe an organization, and folders that one was saved to, the files first.</summary>
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
            .Where(file => ReadDocument.Extensions.Contains(Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => file.FullPath, StringComparer.Ordinal))
        {
            string path = Path.GetRelativePath(top, file.FullPath).Replace('\\', '/');
            found.LookedAt++;
            if (InputFile.TryRead(file.FullPath, path, out _, InputScope.Everywhere) is { } source)
            {
                found.Add(path, source);
            }
        }

        found.Organizations.AddRange(found.folders);
        return found;
    }

    private void Add(string path, DocumentText source)
    {
        var document = ReadDocument.Of(source, isNamed: false, null, new PolicyContext(PolicyType.Identity));
        if (document.Json is not { } json)
        {
            return;
        }

        switch (PolicyDocuments.KindOf(json.Root))
        {
            case DocumentKind.Policy when document.Converted is null:
                Policies.Add((path, document.Policies[0].Context.Type));
                break;
            case DocumentKind.AccountDump:
                Dumps.Add(path);
                AddAdministrators(json.Root);
                break;
            case DocumentKind.Template or DocumentKind.TerraformPlan:
                Templates.Add(path);
                AddIf(RoleTemplates, PolicyType.Trust);
                AddIf(ResourceTemplates, PolicyType.Resource);
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
            case DocumentKind.Other when OrganizationFolder.Begins(json):
                folders.Add(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder.Replace('\\', '/') : ".");
                break;
        }

        void AddIf(List<string> list, PolicyType type)
        {
            if (document.Policies.Any(policy => policy.Context.Type == type))
            {
                list.Add(path);
            }
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
