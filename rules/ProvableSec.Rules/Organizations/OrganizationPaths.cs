using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Organizations;

/// <summary>
/// Finds what cannot be in the paths of an organization's accounts: a unit lies in one place only (AWS Organizations User Guide, "Terminology and concepts for
/// AWS
/// Organizations"), so that two paths that place it differently, or one that places it below itself, say something that is not so.
/// </summary>
internal static class OrganizationPaths
{
    /// <summary>Finds the mistakes.</summary>
    /// <param name="file">The object of an organization file.</param>
    /// <param name="problems">Takes them.</param>
    public static void Check(JsonItem file, CaseProblems problems)
    {
        var parents = new Dictionary<string, (string Parent, string Account)>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (!file.TryGetProperty("organization", out JsonItem organization) || !organization.TryGetProperty("accounts", out JsonItem accounts))
        {
            return;
        }

        foreach (JsonMember account in accounts.Members())
        {
            known.Add(account.Name);
            if (account.Value.Kind != JsonKind.String)
            {
                continue;
            }

            string[] path = account.Value.Text.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
            if (path.Length < 2 || !Organization.IsId(path[0]) || !path[1].StartsWith("r-", StringComparison.Ordinal)
                || path.Skip(2).Any(unit => !unit.StartsWith("ou-", StringComparison.Ordinal)))
            {
                problems.Add(account.Value, ProblemCode.InvalidValue,
                    $"\"{Excerpt.Of(account.Value.Text)}\" is not the path of an account; expected organization, root and units, such as "
                        + $"o-exampleorgid/r-ab12/ou-ab12-11111111/");
                continue;
            }

            known.UnionWith(path);
            for (int i = 1; i < path.Length; i++)
            {
                string unit = path[i], parent = path[i - 1];
                if (Array.IndexOf(path, unit) < i)
                {
                    problems.Add(account.Value, ProblemCode.ConflictingElements,
                        $"{unit} lies below itself in the path of {account.Name}; write each unit once, from the root down");
                    break;
                }

                if (!parents.TryGetValue(unit, out (string Parent, string Account) before))
                {
                    parents.Add(unit, (parent, account.Name));
                }
                else if (before.Parent != parent)
                {
                    problems.Add(account.Value, ProblemCode.ConflictingElements,
                        $"{unit} lies in {parent} here, and in {before.Parent} in the path of {before.Account}; it can lie in one of them only");
                    break;
                }
            }
        }

        if (organization.TryGetProperty("managementAccount", out JsonItem management) && management.Kind == JsonKind.String)
        {
            known.Add(management.Text);
        }

        foreach (string policies in (string[])["serviceControlPolicies", "resourceControlPolicies"])
        {
            foreach (JsonMember target in file.TryGetProperty(policies, out JsonItem attached) && attached.Kind == JsonKind.Object ? attached.Members() : [])
            {
                if (!known.Contains(target.Name))
                {
                    problems.Add(target.NameElement, ProblemCode.EmptyList,
                        $"no account lies below {Excerpt.Of(target.Name)}, so that what is attached there binds nobody");
                }
            }
        }
    }
}
