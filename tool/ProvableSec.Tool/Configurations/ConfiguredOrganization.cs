using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>The organization of a configuration, whose control policies bind the stacks of its accounts.</summary>
/// <param name="Name">The file or folder that describes it.</param>
/// <param name="Controls">What it says; null when it cannot be read.</param>
internal sealed record ConfiguredOrganization(string Name, OrganizationControls? Controls)
{
    private static readonly string[] Linked = ["organization", "serviceControlPolicies", "resourceControlPolicies"];

    private readonly Dictionary<string, Organization> around = new(StringComparer.Ordinal);

    /// <summary>Whether an object that describes stacks says itself what binds them.</summary>
    public static bool IsGiven(JsonItem given) => given.TryGetProperty("organization", out _) || Linked.All(member => given.TryGetProperty(member, out _));

    /// <summary>A stack with the organization and control policies of its account, where it does not give its own.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="account">The account: of the caller, or of the resource.</param>
    /// <param name="given">The object that describes the stack; its members win.</param>
    /// <param name="bindsCallers">Whether the callers are of that account, so that its SCPs bind them.</param>
    /// <param name="problems">Takes what keeps it from being known.</param>
    public PolicyStack Above(PolicyStack stack, string account, JsonItem given, bool bindsCallers, ConfigurationProblems problems)
    {
        if (IsGiven(given))
        {
            return stack;
        }

        if (Controls is null)
        {
            problems.Add(given, ProblemCode.MissingElement, $"the organization ({Name}) cannot be read, so that what binds this stack is not known");
            return stack;
        }

        if (Controls.Organization is { } organization && !organization.Accounts.ContainsKey(account) && organization.ManagementAccount != account)
        {
            problems.Add(
                given.TryGetProperty("account", out JsonItem at) ? at : given,
                ProblemCode.InvalidValue,
                $"the account {account} is not in the organization ({Name}); add its path there, or write \"organization\": null in the stack where no "
                    + $"control policy binds it");
            return stack;
        }

        return stack with
        {
            Organization = Around(account),
            ServiceControlPolicies = !bindsCallers || given.TryGetProperty("serviceControlPolicies", out _) ? stack.ServiceControlPolicies
                : Controls.ServiceControlLevels(account),
            ResourceControlPolicies = given.TryGetProperty("resourceControlPolicies", out _) ? stack.ResourceControlPolicies
                : Controls.ResourceControlLevels(account),
        };
    }

    /// <summary>The organization as far as an account goes: no other account bears on the keys of its requests.</summary>
    private Organization? Around(string account)
    {
        if (Controls?.Organization is not { } organization)
        {
            return null;
        }

        if (!around.TryGetValue(account, out Organization? part))
        {
            part = organization with
            {
                Id = organization.Id,
                Accounts = organization.Accounts.TryGetValue(account, out string? path)
                    ? ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add(account, path) : organization.Accounts.Clear(),
            };
            around.Add(account, part);
        }

        return part;
    }
}
