using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>The policies of a Terraform plan or state, and which roles and users have them.</summary>
internal sealed class PlanContent : IDeployedDocument
{
    private const string RoleType = "aws_iam_role", UserType = "aws_iam_user", PolicyResource = "aws_iam_policy";

    private readonly KnownDeployment known;
    private readonly PlanResources resources;
    private readonly DocumentNotes notes;

    /// <summary>Finds the policies of a plan.</summary>
    /// <param name="json">The plan.</param>
    /// <param name="known">What is said of it.</param>
    public PlanContent(JsonTree json, KnownDeployment known)
    {
        this.known = known;
        Source = json.Source;
        resources = new PlanResources(json.Root);
        Found = PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out notes);
    }

    /// <inheritdoc/>
    public DocumentText Source { get; }

    /// <inheritdoc/>
    public DeploymentHints Hints => known.Hints;

    /// <summary>The policies.</summary>
    public IReadOnlyList<FoundPolicy> Found { get; }

    /// <summary>The addresses of the roles.</summary>
    public IEnumerable<string> Roles => resources.OfType(RoleType);

    /// <summary>The addresses of the users.</summary>
    public IEnumerable<string> Users => resources.OfType(UserType);

    /// <summary>The resource policies that are known only after apply, by the addresses of their resources.</summary>
    public IEnumerable<string> OpenResourcePolicies => notes.Unjudged
        .Where(u => PlanResources.TypeOf(u.Owner) is var type && u.Pointer.Split('/').Last() is var attribute
            && !TerraformTypes.Of(type).Any(known => known.Name == attribute && known.Type != PolicyType.Resource))
        .Select(u => u.Owner).Distinct();

    /// <summary>The address of the role of a name.</summary>
    public string? AddressOfName(string name) => Roles.FirstOrDefault(address => resources.Text(address, "name") == name);

    /// <inheritdoc/>
    public bool? IsMet(string condition) => null;

    /// <inheritdoc/>
    public string? NotAllOf(FoundPolicy found) => null;

    /// <summary>A role or user with its policies.</summary>
    /// <param name="address">Its address.</param>
    public DeployedPrincipal Principal(string address) => DeployedPrincipal.Of(address, PoliciesOf(address), this, known.Account);

    private HolderPolicies PoliciesOf(string holder)
    {
        bool isRole = Roles.Contains(holder);
        string kind = isRole ? "role" : "user";
        var identity = ImmutableArray.CreateBuilder<FoundPolicy>();
        var elsewhere = ImmutableArray.CreateBuilder<(PolicyDocument, IReadOnlyList<(string, bool)>)>();
        var unknown = ImmutableArray.CreateBuilder<string>();
        Add(holder);
        foreach (string address in Had($"aws_iam_{kind}_policy", kind))
        {
            AddKnown(address);
        }

        foreach (string address in Had($"aws_iam_{kind}_policy_attachment", kind).Concat(Had("aws_iam_policy_attachment", kind + "s")))
        {
            Attach(address);
        }

        foreach (string arn in resources.Texts(holder, "managed_policy_arns") ?? [])
        {
            if (!resources.OfType(PolicyResource).Any(policy => resources.Text(policy, "arn") == arn))
            {
                AttachManaged(arn, holder);
            }
        }

        unknown.AddRange((isRole ? [] : Had("aws_iam_user_group_membership", "user").Concat(Had("aws_iam_group_membership", "users")))
            .Select(address => $"{address} puts it into groups, whose policies are not followed"));
        return WithBoundary(
            new HolderPolicies
            {
                Identity = identity.ToImmutable(),
                Managed = elsewhere.ToImmutable(),
                Trust = Found.FirstOrDefault(f => f.Owner == holder && f.Context.Type == PolicyType.Trust),
                Arn = resources.Text(holder, "arn"),
                Unknown = unknown.ToImmutable(),
            },
            holder);

        // Whose it is may be known only after apply: then it may be this one's.
        IEnumerable<string> Had(string type, string attribute)
        {
            foreach (string address in resources.OfType(type))
            {
                if (resources.Named(address, attribute, isRole ? RoleType : UserType, "name") is not { } named)
                {
                    unknown.Add($"whether {address} is about it is known only after apply");
                }
                else if (named.Contains(holder))
                {
                    yield return address;
                }
            }
        }

        void Add(string address)
        {
            identity.AddRange(Found.Where(f => f.Owner == address && f.Context.Type == PolicyType.Identity && !f.IsImplied));
            unknown.AddRange(notes.Unjudged.Where(u => u.Owner == address && !u.Pointer.EndsWith("assume_role_policy", StringComparison.Ordinal))
                .Select(u => $"the policy of {address} is known only after apply"));
            unknown.AddRange(notes.PartlyJudged.Where(u => u.Owner == address)
                .Select(u => $"the policy of {address} has more combinations of values than are looked at"));
        }

        void Attach(string address)
        {
            if (resources.Named(address, "policy_arn", PolicyResource, "arn") is not { } policies)
            {
                AttachManaged(null, address);
            }
            else if (policies.Count == 0)
            {
                AttachManaged(resources.Text(address, "policy_arn"), address);
            }

            foreach (string policy in resources.Named(address, "policy_arn", PolicyResource, "arn") ?? [])
            {
                AddKnown(policy);
            }
        }

        void AddKnown(string address)
        {
            int before = identity.Count + unknown.Count;
            Add(address);
            if (identity.Count + unknown.Count == before)
            {
                unknown.Add($"what the policy of {address} grants is not known");
            }
        }

        void AttachManaged(string? arn, string address)
        {
            if (arn is not null && known.Managed.TryGetValue(KnownDeployment.NameOfManaged(arn), out PolicyDocument? document))
            {
                elsewhere.Add((document, []));
            }
            else
            {
                unknown.Add(arn is null ? $"the policy that {address} attaches is known only after apply"
                    : $"the managed policy {KnownDeployment.NameOfManaged(arn)} of {address} is not in the plan, so that what it grants is not known; "
                        + Hints.ManagedPolicy(KnownDeployment.NameOfManaged(arn)));
            }
        }
    }

    private HolderPolicies WithBoundary(HolderPolicies found, string holder)
    {
        if (!resources.IsSet(holder, "permissions_boundary"))
        {
            return found;
        }

        if (resources.Named(holder, "permissions_boundary", PolicyResource, "arn") is [var here] && Found.FirstOrDefault(f => f.Owner == here) is { } limit)
        {
            return found with { Boundary = limit };
        }

        string? arn = resources.Text(holder, "permissions_boundary");
        return arn is not null && known.Managed.TryGetValue(KnownDeployment.NameOfManaged(arn), out PolicyDocument? given)
            ? found with { ManagedBoundary = given }
            : found with
            {
                UnknownLimits = ImmutableArray.Create(
                    $"the permissions boundary {(arn is null ? "" : KnownDeployment.NameOfManaged(arn) + " ")}of {holder} is not in the plan"
                    + (arn is null ? "" : $"; {Hints.ManagedPolicy(KnownDeployment.NameOfManaged(arn))}")),
            };
    }
}
