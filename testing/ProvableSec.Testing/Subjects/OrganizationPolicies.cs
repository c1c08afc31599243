using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>An organization with its accounts and the control policies attached in it.</summary>
public sealed class OrganizationPolicies
{
    private readonly string name;

    private OrganizationPolicies(string name, OrganizationControls controls)
    {
        this.name = name;
        Controls = controls;
    }

    internal OrganizationControls Controls { get; }

    /// <summary>The file.</summary>
    public override string ToString() => name;

    internal static OrganizationPolicies Read(string path, string caller)
    {
        DocumentText source = TestFile.Read(path, caller);
        var problems = new CaseProblems();
        OrganizationControls controls = OrganizationControlsReader.Read(JsonTreeReader.Read(source),
            new PolicyLoader(new NamedFiles(path, caller), new PolicyCache()), problems);
        return problems.ToImmutable().FirstOrDefault(p => p.IsError) is { } problem ? throw new PolicySourceException(problem.ToString())
            : new OrganizationPolicies(path, controls);
    }

    /// <summary>A stack with what binds its account.</summary>
    internal PolicyStack Above(PolicyStack stack)
    {
        string account = stack.Account
            ?? throw new PolicySourceException(
                $"the account is not known, so that it is not known which policies of {name} bind it; say .InAccount(\"…\") before .Under(…)");
        Organization? organization = Controls.Organization;
        if (organization is { Accounts.Count: > 0 } && account != organization.ManagementAccount && !organization.Accounts.ContainsKey(account))
        {
            throw new PolicySourceException(
                $"the account {account} is not in {name}; there are {string.Join(", ", organization.Accounts.Keys.OrderBy(k => k, StringComparer.Ordinal))}");
        }

        return stack with
        {
            Organization = organization,
            ServiceControlPolicies = Controls.ServiceControlLevels(account) ?? stack.ServiceControlPolicies,
            ResourceControlPolicies = Controls.ResourceControlLevels(account) ?? stack.ResourceControlPolicies,
        };
    }
}
