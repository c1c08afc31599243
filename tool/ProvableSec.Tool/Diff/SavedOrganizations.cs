using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Organizations;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>Organizations that were saved to folders: answers of <c>aws organizations</c>, or what iam-collect stores. Those in which something changed are
/// compared.</summary>
/// <param name="before">The old side.</param>
/// <param name="after">The new side.</param>
internal sealed class SavedOrganizations(DiffSide before, DiffSide after)
{
    private const string Metadata = "metadata.json", Units = "ous.json", Accounts = "accounts.json";

    private static readonly string[] Answers = ["Roots", "OrganizationalUnits", "Accounts", "Policies", "Policy", "Organization"];

    private readonly SortedSet<string> collected = new(StringComparer.Ordinal), answered = new(StringComparer.Ordinal);

    /// <summary>Whether there is one.</summary>
    public bool HasAny => collected.Count + answered.Count > 0;

    /// <summary>The folders in which something changed, by their paths from the top of a side.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>Looks for them.</summary>
    /// <param name="same">The files that are the same on both sides.</param>
    public void Find(IReadOnlySet<string> same)
    {
        foreach (DiffSide side in (DiffSide[])[before, after])
        {
            foreach ((string path, SideFile file) in side.Files)
            {
                bool isUnits = NameOf(path) == Units;
                if ((isUnits || file.Content?.AsSpan().IndexOf("\"Roots\""u8) >= 0) && Json(path, file) is { } json && OrganizationFolder.Begins(json))
                {
                    (isUnits ? collected : answered).Add(FolderOf(path));
                }
            }
        }

        Changed = [.. collected.Union(answered).Where(folder =>
            before.Files.Keys.Union(after.Files.Keys).Any(path => !same.Contains(path) && Has(folder, path)))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a file is one of an organization's.</summary>
    public bool Has(string path) => collected.Any(folder => Has(folder, path)) || answered.Contains(FolderOf(path));

    /// <summary>The type of a policy that iam-collect stores; null for what is none.</summary>
    public PolicyType? TypeOf(string path) => collected.Where(folder => Has(folder, path))
        .Select(folder => path[(folder.Length == 0 ? 0 : folder.Length + 1)..].Split('/')).FirstOrDefault() is
        [var kind, _, "policy.json"] ? kind == "scps" ? PolicyType.ServiceControlPolicy : PolicyType.ResourceControlPolicy : null;

    /// <summary>What a folder says on a side; null where there is none, or it cannot be read.</summary>
    /// <param name="side">The side.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public OrganizationAttachments? Read(DiffSide side, string folder, out string? problem)
    {
        problem = null;
        var trees = new SortedDictionary<string, JsonTree>(StringComparer.Ordinal);
        foreach ((string path, SideFile file) in side.Files.Where(file => Has(folder, file.Key)))
        {
            if (Json(path, file) is { } json)
            {
                trees[path] = json;
            }
        }

        if (!trees.Values.Any(OrganizationFolder.Begins))
        {
            return null;
        }

        var problems = new CaseProblems();
        OrganizationControls? controls = collected.Contains(folder) ? OfCollected(folder, trees, problems) : OfAnswers(trees.Values, problems);
        problem = controls is not null ? null : problems.ToImmutable().FirstOrDefault(found => found.IsError) is { } error ? ProblemText.Of(error)
            : $"{Metadata}, {Units} or {Accounts} is missing";
        return controls is null ? null : OrganizationAttachments.OfFolder(controls, Names(trees));
    }

    private bool Has(string folder, string path)
    {
        string[] steps = folder.Length == 0 ? path.Split('/') : path.StartsWith(folder + "/", StringComparison.Ordinal)
            ? path[(folder.Length + 1)..].Split('/') : [];
        return steps.Length == 1 || (steps is ["scps" or "rcps", _, _] && collected.Contains(folder));
    }

    private static OrganizationControls? OfAnswers(IEnumerable<JsonTree> trees, CaseProblems problems)
    {
        var answers = new OrganizationAnswers(problems);
        foreach (JsonTree json in trees.Where(json => Answers.Any(name => json.Root.TryGetProperty(name, out _))))
        {
            answers.Add(json);
        }

        return answers.Finish();
    }

    private static OrganizationControls? OfCollected(string folder, SortedDictionary<string, JsonTree> trees, CaseProblems problems)
    {
        string top = folder.Length == 0 ? "" : folder + "/";
        return trees.TryGetValue(top + Metadata, out JsonTree? metadata) && trees.TryGetValue(top + Units, out JsonTree? units)
            && trees.TryGetValue(top + Accounts, out JsonTree? accounts)
            ? new CollectedOrganization(new Policies(top, trees), problems).Read(metadata, units, accounts) : null;
    }

    /// <summary>What people call things: by the names that answers give with ids, and of a policy by the file that it is in.</summary>
    private static Dictionary<string, string> Names(SortedDictionary<string, JsonTree> trees)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, JsonTree json) in trees)
        {
            if (json.Root.TryGetProperty("Policy", out JsonItem policy) && policy.TryGetProperty("PolicySummary", out JsonItem summary))
            {
                Add(path, summary, "Name");
            }

            foreach (string list in (string[])["OrganizationalUnits", "Accounts", "Roots"])
            {
                foreach (JsonItem item in json.Root.TryGetProperty(list, out JsonItem items) ? items.Items() : [])
                {
                    Add(item.TryGetProperty("Id", out JsonItem id) ? id.Text : "", item, "Name");
                }
            }

            if (NameOf(path) is Units or Accounts)
            {
                foreach (JsonMember part in json.Root.Members())
                {
                    Add(part.Name, part.Value, "name");
                }
            }

            if (path.Split('/') is [.., "scps" or "rcps", var stored, Metadata])
            {
                Add(FolderOf(path) + "/policy.json", json.Root, "name");
            }
            else if (PolicyName.IsCollected(path.Split('/')))
            {
                names.TryAdd(path, PolicyName.OfFile(path));
            }
        }

        return names;

        void Add(string id, JsonItem item, string member)
        {
            if (item.TryGetProperty(member, out JsonItem name) && name is { Kind: JsonKind.String, Text.Length: > 0 })
            {
                names[id] = name.Text;
            }
        }
    }

    private static JsonTree? Json(string path, SideFile file) =>
        file.Content is { } content && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && DocumentText.TryDecode(content, path, out _) is { } text
            ? JsonTreeReader.Read(text) : null;

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var at ? path[..at] : "";

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The policies that iam-collect stores, as the side has them.</summary>
    private sealed class Policies(string top, SortedDictionary<string, JsonTree> trees) : IPolicySource
    {
        public PolicyDocument? Load(string path, out PolicyProblem? problem)
        {
            problem = trees.ContainsKey(top + path) ? null
                : new PolicyProblem(ProblemCode.UnreadableFile, $"{top}{path} does not exist", default, "", default, top + path);
            return problem is null ? PolicyReader.Read(trees[top + path].Source) : null;
        }
    }
}
