using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Organizations;

/// <summary>
/// Puts an organization together from what AWS says of its parts: the parent of each unit and account, and which control policies are attached to each. What
/// AWS would
/// have said and nobody gave is an error: to take it for "nothing attached" would prove what is not so.
/// </summary>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class OrganizationParts(CaseProblems problems)
{
    // Attached by AWS where nobody attaches another (AWS Organizations User Guide, "SCP evaluation" and "RCP evaluation").
    private const string FullAccess = "p-fullawsaccess", FullResourceAccess = "p-rcpfullawsaccess";

    private static readonly (PolicyType Type, string Name)[] Kinds = [(PolicyType.ServiceControlPolicy, "SCP"), (PolicyType.ResourceControlPolicy, "RCP")];

    private readonly Dictionary<string, (string? Parent, JsonItem At)> parents = new(StringComparer.Ordinal);
    private readonly List<string> accounts = [];
    private readonly Dictionary<(PolicyType Type, string Target), List<(string Policy, JsonItem At)>> attached = [];

    /// <summary>The organization's id; null until somebody says it.</summary>
    public string? Id { get; private set; }

    /// <summary>Its management account; null until somebody says it.</summary>
    public string? ManagementAccount { get; private set; }

    /// <summary>The kinds of control policies that the organization uses.</summary>
    public HashSet<PolicyType> Enabled { get; } = [];

    /// <summary>The root and the units, and where each is said to be one.</summary>
    public IEnumerable<(string Unit, JsonItem At)> Units => parents.Where(part => !CallerPrincipal.IsTwelveDigits(part.Key))
        .Select(part => (part.Key, part.Value.At));

    /// <summary>The part of the name of an ARN behind its last slash.</summary>
    public static string LastOf(string arn) => arn.Substring(arn.LastIndexOf('/') + 1);

    /// <summary>Names the organization.</summary>
    public void Name(string id, string managementAccount, JsonItem at)
    {
        if (!Organization.IsId(id) || !CallerPrincipal.IsTwelveDigits(managementAccount))
        {
            problems.Add(at, ProblemCode.InvalidValue,
                $"\"{Excerpt.Of(id)}\" and \"{Excerpt.Of(managementAccount)}\" are not an organization's id (o-…) and its management account of twelve digits");
            return;
        }

        if (Id is not null && (Id != id || ManagementAccount != managementAccount))
        {
            problems.Add(at, ProblemCode.ConflictingElements,
                $"this is the organization {id} of {managementAccount}, and elsewhere it is {Id} of {ManagementAccount}; keep each organization in a folder "
                    + $"of its own");
            return;
        }

        Id = id;
        ManagementAccount = managementAccount;
    }

    /// <summary>Adds a root or unit.</summary>
    /// <param name="unit">Its id.</param>
    /// <param name="parent">The id of what it lies in; null for a root.</param>
    /// <param name="at">Where it is said.</param>
    public void AddUnit(string unit, string? parent, JsonItem at)
    {
        if (!unit.StartsWith(parent is null ? "r-" : "ou-", StringComparison.Ordinal))
        {
            problems.Add(at, ProblemCode.InvalidValue,
                $"\"{Excerpt.Of(unit)}\" is not the id of {(parent is null ? "a root (r-…)" : "an organizational unit (ou-…)")}");
            return;
        }

        Add(unit, parent, at);
    }

    /// <summary>Adds an account.</summary>
    /// <param name="account">Its id.</param>
    /// <param name="parent">The root or unit that it lies in.</param>
    /// <param name="at">Where it is said.</param>
    public void AddAccount(string account, string parent, JsonItem at)
    {
        if (!CallerPrincipal.IsTwelveDigits(account))
        {
            problems.Add(at, ProblemCode.InvalidValue, $"\"{Excerpt.Of(account)}\" is not an account of twelve digits");
        }
        else if (Add(account, parent, at))
        {
            accounts.Add(account);
        }
    }

    /// <summary>Attaches a control policy.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="target">The root, unit or account.</param>
    /// <param name="policy">The policy's id.</param>
    /// <param name="at">Where it is said.</param>
    public void Attach(PolicyType type, string target, string policy, JsonItem at)
    {
        if (!attached.TryGetValue((type, target), out List<(string Policy, JsonItem At)>? policies))
        {
            attached.Add((type, target), policies = []);
        }

        if (!policies.Exists(other => other.Policy == policy))
        {
            policies.Add((policy, at));
        }
    }

    /// <summary>Puts the parts together.</summary>
    /// <param name="read">Reads a policy, given its kind, its id and where it is attached; null where it has reported why it cannot.</param>
    /// <param name="nothing">What to do where nothing is attached to a target, of which AWS always attaches something: the target, and the name of the
    /// kind.</param>
    /// <returns>Null when something is wrong.</returns>
    public OrganizationControls? Build(Func<PolicyType, string, JsonItem, PolicyDocument?> read, Func<string, string, string> nothing)
    {
        ImmutableDictionary<string, string>.Builder paths = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string account in accounts)
        {
            if (PathOf(account) is { } path)
            {
                paths[account] = path;
            }
        }

        var documents = new Dictionary<(PolicyType, string), PolicyDocument?>();
        ControlPolicies[] controls = [.. Kinds.Select(kind => Enabled.Contains(kind.Type) ? Controls(kind.Type, kind.Name) : ControlPolicies.None)];
        return problems.HasErrors || Id is null ? null : new OrganizationControls(new Organization(Id, ManagementAccount, paths.ToImmutable()), controls[0],
            controls[1]);

        ControlPolicies Controls(PolicyType type, string name)
        {
            ImmutableDictionary<string, ImmutableArray<PolicyDocument>>.Builder targets =
                ImmutableDictionary.CreateBuilder<string, ImmutableArray<PolicyDocument>>(StringComparer.Ordinal);
            foreach (KeyValuePair<string, (string? Parent, JsonItem At)> target in parents)
            {
                if (attached.TryGetValue((type, target.Key), out List<(string Policy, JsonItem At)>? policies))
                {
                    targets[target.Key] = policies.Select(policy => Document(type, policy.Policy, policy.At)).OfType<PolicyDocument>().ToImmutableArray();
                }
                else if (target.Key != ManagementAccount)
                {
                    problems.Add(target.Value.At, ProblemCode.MissingElement, nothing(target.Key, name));
                }
            }

            return ControlPolicies.None with { Targets = targets.ToImmutable() };
        }

        PolicyDocument? Document(PolicyType type, string id, JsonItem at)
        {
            string key = id.ToLowerInvariant();
            if (!documents.TryGetValue((type, key), out PolicyDocument? document))
            {
                document = key switch
                {
                    FullAccess => OrganizationControls.FullAccess,
                    // It denies nothing, and an RCP does nothing but deny.
                    FullResourceAccess => null,
                    _ => read(type, id, at),
                };
                documents.Add((type, key), document);
            }

            return document;
        }
    }

    private bool Add(string part, string? parent, JsonItem at)
    {
        if (!parents.TryGetValue(part, out (string? Parent, JsonItem At) known))
        {
            parents.Add(part, (parent, at));
            return true;
        }

        if (known.Parent != parent)
        {
            problems.Add(at, ProblemCode.ConflictingElements,
                $"{part} lies in {parent ?? "nothing"} here, and in {known.Parent ?? "nothing"} in {known.At.Document.Source.Name}:{known.At.Position}; it "
                    + $"can lie in one of them only");
        }

        return false;
    }

    private string? PathOf(string account)
    {
        var above = new List<string>();
        JsonItem at = parents[account].At;
        for (string? part = parents[account].Parent; part is not null; part = parents[part].Parent)
        {
            if (above.Contains(part))
            {
                problems.Add(at, ProblemCode.ConflictingElements, $"{part} lies below itself; a unit lies in one place, from the root down");
                return null;
            }

            above.Add(part);
            if (!parents.ContainsKey(part))
            {
                problems.Add(at, ProblemCode.MissingElement, $"{account} lies below {Excerpt.Of(part)}, of which nothing says where it lies");
                return null;
            }
        }

        above.Add(Id ?? "");
        above.Reverse();
        return string.Join("/", above) + "/";
    }
}
