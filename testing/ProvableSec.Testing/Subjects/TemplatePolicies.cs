using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>
/// The roles, users and policies of a CloudFormation template. What is known only at deployment is taken by the most that it could allow, or the least,
/// whichever is
/// against the claim; a claim that depends on it fails and names the values that a test can give with <see cref="With"/>. Immutable.
/// </summary>
/// <example>
/// <code>
/// PolicySubject role = Policies.FromTemplate("template.json").DeployedTo("111122223333", "eu-west-1").Role("AppRole");
/// </code>
/// </example>
public sealed class TemplatePolicies
{
    private readonly DocumentText source;
    private readonly KnownDeployment known;
    private readonly ConcurrentDictionary<string, PolicySubject> holders = new(StringComparer.Ordinal);
    private readonly Lazy<TemplateContent> content;

    private TemplatePolicies(DocumentText source, KnownDeployment known)
    {
        this.source = source;
        this.known = known;
        content = new Lazy<TemplateContent>(() => TestTemplate.Read(source, known));
    }

    /// <summary>Every role, and the functions and state machines of SAM that come with one of their own.</summary>
    public PolicySubjects Roles => Holders("roles", content.Value.Roles);

    /// <summary>Every user.</summary>
    public PolicySubjects Users => Holders("users", content.Value.OfType("AWS::IAM::User"));

    /// <summary>Every policy of a resource: of buckets, queues, keys, and what opens them otherwise.</summary>
    public PolicySubjects ResourcePolicies => new($"the resource policies of {source.Name}",
        content.Value.Found.Where(f => f.Context.Type == PolicyType.Resource).SelectMany(Alone));

    /// <summary>The same where more is known of the deployment.</summary>
    /// <param name="name">A parameter, a pseudo parameter (<c>AWS::Region</c>), the logical id of a resource for its <c>Ref</c>, or an attribute
    /// (<c>Bucket.Arn</c>).</param>
    /// <param name="value">Its value.</param>
    public TemplatePolicies With(string name, string value) =>
        new(source, known with { Values = known.Values.SetItem(name, value ?? throw new ArgumentNullException(nameof(value))) });

    /// <summary>The same where a condition of the template is met, or is not.</summary>
    public TemplatePolicies WithCondition(string name, bool met = true) =>
        new(source, known with { Conditions = known.Conditions.SetItem(name, met) });

    /// <summary>The same deployed to an account and Region, so that <c>AWS::AccountId</c>, <c>AWS::Region</c>, <c>AWS::Partition</c> and <c>AWS::URLSuffix</c>
    /// are known.</summary>
    /// <param name="account">Twelve digits.</param>
    /// <param name="region">Such as <c>eu-west-1</c>.</param>
    public TemplatePolicies DeployedTo(string account, string region = "us-east-1")
    {
        if (!CallerPrincipal.IsTwelveDigits(account ?? throw new ArgumentNullException(nameof(account))))
        {
            throw new PolicySourceException($"\"{account}\" is not an account: expected twelve digits");
        }

        return new TemplatePolicies(source, known.InAccount(account).InRegion(region ?? throw new ArgumentNullException(nameof(region))));
    }

    /// <summary>The same where the text of a managed policy is known that the template names by its ARN only.</summary>
    /// <param name="name">Its ARN, or its name.</param>
    /// <param name="policy">What it says.</param>
    public TemplatePolicies WithManagedPolicy(string name, PolicySubject policy) => policy.Variants is [{ Subject.Document: { } document }]
        ? new TemplatePolicies(source, known with { Managed = known.Managed.SetItem(KnownDeployment.NameOfManaged(name), document) })
        : throw new PolicySourceException($"{policy.Name} is not one policy, which is wanted here");

    /// <inheritdoc cref="WithManagedPolicy(string, PolicySubject)"/>
    /// <param name="name">Its ARN, or its name.</param>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public TemplatePolicies WithManagedPolicy(string name, string policy, [CallerFilePath] string caller = "") =>
        WithManagedPolicy(name, Policies.Read(policy, PolicyType.Identity, caller));

    /// <summary>A role with its identity policies, boundary and trust.</summary>
    /// <param name="name">Its logical id, with or without the digits that the CDK puts behind it, or its <c>RoleName</c>.</param>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Role(string name) => Holder(name, "role", "AWS::IAM::Role", "AWS::Serverless::Function", "AWS::Serverless::StateMachine");

    /// <summary>A user with their identity policies and boundary, those of their groups included.</summary>
    /// <inheritdoc cref="Role"/>
    public PolicySubject User(string name) => Holder(name, "user", "AWS::IAM::User");

    /// <summary>The policy of a resource, by the logical id of the resource that it stands in: <c>SiteBucketPolicy</c>, or <c>DataKey</c> for its key
    /// policy.</summary>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Policy(string name) =>
        NamePattern.Find(name, content.Value.Found.Where(f => f.Context.Type is not (PolicyType.Identity or PolicyType.Trust) || f.Holders.Count == 0)
            .SelectMany(Alone), $"the policies of {source.Name}");

    /// <summary>The file.</summary>
    public override string ToString() => source.Name;

    internal static TemplatePolicies Read(DocumentText source) => Read(source, new KnownDeployment(TestHints.Hints));

    internal static TemplatePolicies Read(DocumentText source, KnownDeployment known)
    {
        var template = new TemplatePolicies(source, known);
        _ = template.content.Value;
        return template;
    }

    private PolicySubjects Holders(string kind, IEnumerable<JsonMember> holders) =>
        new($"the {kind} of {source.Name}", holders.Select(resource => (resource.Name, Subject(resource))));

    private PolicySubject Holder(string name, string kind, params string[] types)
    {
        JsonMember[] all = [.. types.SelectMany(content.Value.OfType)];
        JsonMember? named = all.Where(r => TemplateContent.NameIn(r, kind == "role" ? "RoleName" : "UserName") == name).Cast<JsonMember?>().FirstOrDefault();
        return Subject(named ?? NamePattern.Find(name, all.Select(r => (r.Name, r)), $"the {kind}s of {source.Name}"));
    }

    private PolicySubject Subject(JsonMember resource) => holders.GetOrAdd(resource.Name, _ =>
    {
        DeployedPrincipal principal = content.Value.Principal(resource);
        string name = $"{resource.Name} ({source.Name})";
        return new PolicySubject(name, principal.Variants)
        {
            Unknown = principal.Unknown,
            UnknownLimits = principal.UnknownLimits,
            Caller = principal.Caller,
            TrustPolicy = principal.Trust is { } trust ? Alone(trust, $"the trust policy of {name}") : null,
        };
    });

    private IEnumerable<(string Name, PolicySubject Subject)> Alone(FoundPolicy found)
    {
        yield return (found.Owner.Split(' ')[0], Alone(found, $"{found.Owner.Split(' ')[0]} ({source.Name})"));
    }

    private PolicySubject Alone(FoundPolicy found, string name)
    {
        ImmutableArray<string>.Builder unknown = content.Value.Macros.ToImmutableArray().ToBuilder();
        ImmutableArray<Variant> variants = DeploymentVariants.Of(found, content.Value, unknown);
        return new PolicySubject(name, variants) { Unknown = unknown.ToImmutable() };
    }
}
