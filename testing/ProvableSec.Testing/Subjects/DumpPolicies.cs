using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>The users and roles of an account, with all policies that the account attaches to them.</summary>
public sealed class DumpPolicies
{
    private readonly string name;

    private DumpPolicies(string name, AccountDump dump)
    {
        this.name = name;
        Dump = dump;
    }

    /// <summary>Every user and role.</summary>
    public PolicySubjects Principals => new($"the users and roles of {name}", Dump.Principals.Select(p => (Id(p), Subject(p))));

    /// <summary>Every role.</summary>
    public PolicySubjects Roles =>
        new($"the roles of {name}", Dump.Principals.Where(p => p.Caller.Kind == PrincipalKind.Role).Select(p => (p.Caller.Path, Subject(p))));

    /// <summary>Every user.</summary>
    public PolicySubjects Users =>
        new($"the users of {name}", Dump.Principals.Where(p => p.Caller.Kind == PrincipalKind.User).Select(p => (p.Caller.Path, Subject(p))));

    internal AccountDump Dump { get; }

    /// <summary>A user or role, by <c>role/path/name</c>, <c>user/name</c> or its ARN.</summary>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Principal(string name) => Subject(NamePattern.Find(
        name ?? throw new ArgumentNullException(nameof(name)),
        Dump.Principals.Select(p => (name.StartsWith("arn:", StringComparison.Ordinal) ? p.Caller.Name : Id(p), p)),
        this.name));

    /// <summary>The file.</summary>
    public override string ToString() => name;

    internal static DumpPolicies Read(DocumentText source)
    {
        JsonTree json = JsonTreeReader.Read(source);
        if (json.Problems.FirstOrDefault(p => p.IsError) is null && PolicyDocuments.KindOf(json.Root) is var kind and not DocumentKind.AccountDump)
        {
            throw new PolicySourceException(
                $"{source.Name} is {(kind == DocumentKind.Template ? "a CloudFormation template" : kind == DocumentKind.Policy ? "a policy" : kind == DocumentKind.TerraformPlan ? "a Terraform plan" : "not an account dump")}; expected what aws iam get-account-authorization-details prints");
        }

        AccountDump dump = AccountDumpReader.Read([source]);
        return !dump.IsComplete
            ? throw new PolicySourceException(
                $"{source.Name} cannot be read whole, so that nothing can be claimed of it: {dump.Problems.First(p => p.IsError)}")
            : dump.Truncated is [var truncated, ..] ? throw new PolicySourceException(truncated)
            : new DumpPolicies(source.Name, dump);
    }

    private static string Id(AccountPrincipal principal) => (principal.Caller.Kind == PrincipalKind.User ? "user/" : "role/") + principal.Caller.Path;

    private PolicySubject Subject(AccountPrincipal principal) => new(
        $"{Id(principal)} ({name})",
        ImmutableArray.Create(new Variant("", Reasoning.Questions.Subject.Of(AccessFinder.StackOf(principal, OrganizationControls.None)), PolicyType.Identity)))
    {
        Unknown = principal.Undecided is { } reason ? ImmutableArray.Create(reason) : ImmutableArray<string>.Empty,
        Caller = principal.Caller,
        TrustPolicy = principal.TrustPolicy is { } trust ? Policies.Alone(trust, PolicyType.Trust, $"the trust policy of {Id(principal)} ({name})") : null,
    };
}
