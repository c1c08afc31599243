using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Stacks;

namespace ProvableSec.Tool.Configurations;

/// <summary>The stacks of the roles, users or resources that templates and plans make: one for each deployment that makes another one of it.</summary>
/// <param name="set">The name of their set.</param>
/// <param name="each">Of what there is a stack.</param>
/// <param name="common">What the set says of each.</param>
internal sealed class DeployedStackReader(string set, string each, PolicyStack common)
{
    private const int MostNamed = 5;

    /// <summary>Those of a template.</summary>
    public IEnumerable<ConfiguredStack> Of(TemplateContent template, string path)
    {
        if (each == StackSet.Resource)
        {
            return OfResources(template, template.Found, template.OpenResourcePolicies, template.Macros, path);
        }

        IEnumerable<JsonMember> holders = (each == StackSet.User ? [] : template.Roles)
            .Concat(each == StackSet.Role ? [] : template.OfType("AWS::IAM::User"));
        return holders.SelectMany(holder => OfPrincipal(template.Principal(holder), path, "parameters"));
    }

    /// <summary>Those of a plan or state.</summary>
    public IEnumerable<ConfiguredStack> Of(PlanContent plan, string path) => each == StackSet.Resource
        ? OfResources(plan, plan.Found, plan.OpenResourcePolicies, [], path)
        : (each == StackSet.User ? [] : plan.Roles).Concat(each == StackSet.Role ? [] : plan.Users)
            .SelectMany(address => OfPrincipal(plan.Principal(address), path, null));

    private IEnumerable<ConfiguredStack> OfPrincipal(DeployedPrincipal principal, string path, string? givenIn)
    {
        string name = NameOf(path, principal.Id);
        if (principal.Variants.IsEmpty)
        {
            yield return new ConfiguredStack(name, common with { IdentityPolicies = [] }, [], []) { Undecided = string.Join("; ", principal.Unknown) };
        }

        foreach (Variant variant in principal.Variants)
        {
            yield return new ConfiguredStack(Under(name, variant), Whole(variant.Subject.Stack!), [], [])
            {
                Holder = name,
                Caller = principal.Caller,
                AtLeast = variant.Open.Any() ? Whole(variant.AtLeast.Stack!) : null,
                Named = variant.Open.Any() ? Whole(variant.Named.Stack!) : null,
                Open = InWords(variant, givenIn),
                Unknown = principal.Unknown,
                // A boundary that the set gives takes the place of what the template names.
                UnknownLimits = common.PermissionsBoundary is null ? principal.UnknownLimits : [],
            };
        }

        PolicyStack Whole(PolicyStack own) => common with
        {
            IdentityPolicies = common.IdentityPolicies is { } shared ? [.. own.IdentityPolicies!.Value, .. shared] : own.IdentityPolicies,
            PermissionsBoundary = common.PermissionsBoundary ?? own.PermissionsBoundary,
            Account = own.Account ?? common.Account,
        };
    }

    private IEnumerable<ConfiguredStack> OfResources(IDeployedDocument document, IReadOnlyList<FoundPolicy> found, IEnumerable<string> open,
        IEnumerable<string> macros, string path)
    {
        FoundPolicy[] policies = [.. found.Where(policy => policy.Context.Type == PolicyType.Resource)];
        ILookup<string, FoundPolicy> ofIds = policies.ToLookup(IdOf, StringComparer.Ordinal);
        foreach (FoundPolicy policy in policies)
        {
            // A resource may have several: a policy, and what opens it otherwise.
            string name = NameOf(path, ofIds[IdOf(policy)].Count() == 1 ? IdOf(policy) : IdOf(policy) + policy.Pointer);
            ImmutableArray<string>.Builder unknown = ImmutableArray.CreateBuilder<string>();
            unknown.AddRange(macros);
            ImmutableArray<Variant> variants = DeploymentVariants.Of(policy, document, unknown);
            if (variants.IsEmpty && unknown.Count > 0)
            {
                yield return Unknown(name, string.Join("; ", unknown));
            }

            foreach (Variant variant in variants)
            {
                yield return new ConfiguredStack(Under(name, variant), common with { ResourcePolicy = variant.Subject.Document, Account = null }, [], [])
                {
                    Holder = name,
                    ResourceAccount = common.Account,
                    AtLeast = variant.Open.Any() ? common with { ResourcePolicy = variant.AtLeast.Document, Account = null } : null,
                    Named = variant.Open.Any() ? common with { ResourcePolicy = variant.Named.Document, Account = null } : null,
                    Open = InWords(variant, document is TemplateContent ? "parameters" : null),
                    Unknown = unknown.ToImmutable(),
                    UnknownLimits = policy.PublicAccessStop is { } stop ? [$"of public access: {stop}"] : [],
                };
            }
        }

        foreach (string id in open)
        {
            yield return Unknown(NameOf(path, id), $"the policy of {id} is known only when {path} is deployed");
        }

        ConfiguredStack Unknown(string name, string reason) =>
            new(name, common with { Account = null }, [], []) { ResourceAccount = common.Account, Undecided = reason };
    }

    private string NameOf(string path, string id) => $"{set}{StackSet.Separator}{path.Replace('\\', '/')}#{id}";

    private static string Under(string name, Variant variant) => variant.When.Length == 0 ? name : $"{name} where {variant.When}";

    private static string IdOf(FoundPolicy policy) => policy.Owner.Split(' ')[0];

    private string? InWords(Variant variant, string? givenIn)
    {
        string[] open = [.. variant.Open];
        return open.Length == 0 ? null
            : $"it depends on what is known only at deployment: {string.Join(", ", open.Take(MostNamed))}"
                + (open.Length > MostNamed ? $" and {open.Length - MostNamed} more" : "") + (givenIn is null ? "" : $"; give it in \"{givenIn}\" of \"{set}\"");
    }
}
