using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>The roles and policies of a Terraform plan or state. What is known only after apply makes a claim that depends on it fail. Immutable.</summary>
/// <example>
/// <code>
/// Policies.FromTerraformPlan("plan.json").Role("aws_iam_role.app").ShouldNeverAllow("iam:*");
/// </code>
/// </example>
public sealed class PlanPolicies
{
    private readonly DocumentText source;
    private readonly KnownDeployment known;
    private readonly Lazy<PlanContent> content;

    private PlanPolicies(DocumentText source, KnownDeployment known)
    {
        this.source = source;
        this.known = known;
        content = new Lazy<PlanContent>(() => TestPlan.Read(source, known));
    }

    /// <summary>Every role.</summary>
    public PolicySubjects Roles => new($"the roles of {source.Name}", content.Value.Roles.Select(address => (address, Subject(address))));

    /// <summary>Every policy of a resource: of buckets, queues, keys, and what opens them otherwise.</summary>
    public PolicySubjects ResourcePolicies => new($"the resource policies of {source.Name}",
        content.Value.Found.Where(f => f.Context.Type == PolicyType.Resource).Select(f => (f.Owner, Alone(f, $"{f.Owner} ({source.Name})"))));

    /// <summary>The same where the text of a managed policy is known that the plan names by its ARN only.</summary>
    /// <param name="name">Its ARN, or its name.</param>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PlanPolicies WithManagedPolicy(string name, string policy, [CallerFilePath] string caller = "") =>
        new(source, known with
        {
            Managed = known.Managed.SetItem(KnownDeployment.NameOfManaged(name),
                Policies.Read(policy, PolicyType.Identity, caller).Variants[0].Subject.Document!),
        });

    /// <summary>A role with its identity policies, boundary and trust.</summary>
    /// <param name="address">Its address, <c>aws_iam_role.app</c> or <c>module.x.aws_iam_role.app</c>, or its name.</param>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Role(string address) =>
        Subject(content.Value.AddressOfName(address) ?? NamePattern.Find(address, content.Value.Roles.Select(a => (a, a)), $"the roles of {source.Name}"));

    /// <summary>A policy that is none of a role, by the address of its resource.</summary>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Policy(string address) =>
        NamePattern.Find(address, content.Value.Found.Where(f => f.Context.Type != PolicyType.Trust)
            .Select(f => (f.Owner, Alone(f, $"{f.Owner} ({source.Name})"))), $"the policies of {source.Name}");

    /// <summary>The file.</summary>
    public override string ToString() => source.Name;

    /// <summary>Every user.</summary>
    internal PolicySubjects Users => new($"the users of {source.Name}", content.Value.Users.Select(address => (address, Subject(address))));

    internal static PlanPolicies Read(DocumentText source) => Read(source, new KnownDeployment(TestHints.Hints));

    internal static PlanPolicies Read(DocumentText source, KnownDeployment known)
    {
        var plan = new PlanPolicies(source, known);
        _ = plan.content.Value;
        return plan;
    }

    private PolicySubject Subject(string address)
    {
        DeployedPrincipal principal = content.Value.Principal(address);
        string name = $"{address} ({source.Name})";
        return new PolicySubject(name, principal.Variants)
        {
            Unknown = principal.Unknown,
            UnknownLimits = principal.UnknownLimits,
            Caller = principal.Caller,
            TrustPolicy = principal.Trust is { } trust ? Alone(trust, $"the trust policy of {name}") : null,
        };
    }

    private PolicySubject Alone(FoundPolicy found, string name)
    {
        var unknown = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<Variant> variants = DeploymentVariants.Of(found, content.Value, unknown);
        return new PolicySubject(name, variants) { Unknown = unknown.ToImmutable() };
    }
}
