using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Tool.Diff;

/// <summary>Where an organization's accounts lie on one side of a change, and which control policies are attached there.</summary>
internal sealed class OrganizationAttachments
{
    private static readonly (PolicyType Type, string Member)[] Members =
        [(PolicyType.ServiceControlPolicy, "serviceControlPolicies"), (PolicyType.ResourceControlPolicy, "resourceControlPolicies")];

    private readonly Dictionary<(PolicyType Type, string Target), IReadOnlyList<string>> attached = [];
    private readonly Dictionary<string, Func<PolicyDocument?>> documents = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> names;

    private OrganizationAttachments(IReadOnlyDictionary<string, string> accounts, string? managementAccount, IReadOnlyDictionary<string, string> names)
    {
        Accounts = accounts;
        ManagementAccount = managementAccount;
        this.names = names;
    }

    /// <summary>The accounts, each with the units that it lies in: <c>o-…/r-…/ou-…/</c>.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; }

    /// <summary>The management account, which no control policy binds; null where nobody says.</summary>
    public string? ManagementAccount { get; }

    /// <summary>What has policies attached.</summary>
    public IEnumerable<(PolicyType Type, string Target)> Targets => attached.Keys;

    /// <summary>What an organization's file says.</summary>
    /// <param name="root">The file.</param>
    /// <param name="path">Its path from the top of the side.</param>
    /// <param name="read">Reads a policy by its path from there.</param>
    public static OrganizationAttachments OfFile(JsonItem root, string path, Func<string, PolicyDocument?> read)
    {
        var accounts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? management = null;
        if (root.TryGetProperty("organization", out JsonItem organization))
        {
            management = organization.TryGetProperty("managementAccount", out JsonItem said) ? said.Text : null;
            foreach (JsonMember account in organization.TryGetProperty("accounts", out JsonItem listed) ? listed.Members() : [])
            {
                accounts[account.Name] = account.Value.Text;
            }
        }

        var side = new OrganizationAttachments(accounts, management, ImmutableDictionary<string, string>.Empty);
        string folder = Path.GetDirectoryName(path) ?? "";
        foreach ((PolicyType type, string member) in Members)
        {
            foreach ((string target, List<JsonItem> policies) in Attached(root, member))
            {
                side.attached[(type, target)] = [.. policies.Select(policy =>
                {
                    string id = IdOf(policy);
                    side.documents.TryAdd(id, policy.Kind == JsonKind.String ? () => read(Normalized(folder, policy.Text))
                        : () => PolicyReader.Read(new DocumentText(id, path)));
                    return id;
                })];
            }
        }

        return side;
    }

    /// <summary>What a folder says that an organization was saved to.</summary>
    /// <param name="controls">The organization.</param>
    /// <param name="names">What people call units, accounts and policies: by id, policies by the file that they are in.</param>
    public static OrganizationAttachments OfFolder(OrganizationControls controls, IReadOnlyDictionary<string, string> names)
    {
        var side = new OrganizationAttachments(controls.Organization!.Accounts, controls.Organization.ManagementAccount, names);
        foreach ((PolicyType type, ControlPolicies policies) in ((PolicyType, ControlPolicies)[])
            [(PolicyType.ServiceControlPolicy, controls.ServiceControlPolicies), (PolicyType.ResourceControlPolicy, controls.ResourceControlPolicies)])
        {
            foreach ((string target, ImmutableArray<PolicyDocument> documents) in policies.Targets)
            {
                side.attached[(type, target)] = [.. documents.Select(document =>
                {
                    side.documents.TryAdd(document.Source.Name, () => document);
                    return document.Source.Name;
                })];
            }
        }

        return side;
    }

    /// <summary>The ids of the policies of a target; null for one that is not named, which has what AWS attaches.</summary>
    public IReadOnlyList<string>? Of(PolicyType type, string target) => attached.GetValueOrDefault((type, target));

    /// <summary>A policy; null for one that is not of this side, or cannot be read.</summary>
    public PolicyDocument? Document(string id) => documents.TryGetValue(id, out Func<PolicyDocument?>? read) ? read() : null;

    /// <summary>What people call a policy, unit or account.</summary>
    public string? NameOf(string id) => names.GetValueOrDefault(id) ?? (id.StartsWith('{') ? NameOfText(id) : null);

    private static Dictionary<string, List<JsonItem>> Attached(JsonItem root, string member) => !root.TryGetProperty(member, out JsonItem attached) ? []
        : attached.Kind == JsonKind.Object
            ? attached.Members().DistinctBy(target => target.Name).ToDictionary(target => target.Name, target => target.Value.Items(), StringComparer.Ordinal)
            : attached.Items().Select((level, i) => (Name: $"level {i}", Policies: level.Items()))
                .ToDictionary(level => level.Name, level => level.Policies, StringComparer.Ordinal);

    /// <summary>A policy that is written where it is attached has no name: its statements may have some, else it is shown as far as a line goes.</summary>
    private string NameOfText(string text)
    {
        const int Longest = 60;
        string[] sids = [.. (Document(text)?.Statements ?? []).Select(statement => statement.Sid).OfType<string>()];
        return sids.Length > 0 ? "with " + string.Join(", ", sids.Select(sid => $"\"{sid}\""))
            : text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    private static string IdOf(JsonItem policy) => policy.Kind == JsonKind.String ? policy.Text
        : string.Join(' ', policy.Document.Source.Text.Substring(policy.Span.Start, policy.Span.Length)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Normalized(string folder, string path)
    {
        var steps = new List<string>();
        foreach (string step in Path.Combine(folder, path).Split('/', '\\'))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ""))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }
}
