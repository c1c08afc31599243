using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Organizations;

/// <summary>
/// Reads an organization from what iam-collect stores of it (cloud-copilot/iam-collect, docs/Storage.md and src/syncs/organizations): <c>metadata.json</c>,
/// <c>ous.json</c> and <c>accounts.json</c>, which name policies by their ARNs, and <c>scps/ID/policy.json</c> and <c>rcps/ID/policy.json</c> with ids in lower
/// case.
/// </summary>
/// <param name="source">Reads policies, by paths from the folder of the organization.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class CollectedOrganization(IPolicySource source, CaseProblems problems)
{
    private static readonly (PolicyType Type, string Member, string Feature)[] Kinds =
        [(PolicyType.ServiceControlPolicy, "scps", "SERVICE_CONTROL_POLICY"), (PolicyType.ResourceControlPolicy, "rcps", "RESOURCE_CONTROL_POLICY")];

    private readonly OrganizationParts parts = new(problems);

    /// <summary>Reads the organization.</summary>
    /// <param name="metadata">What <c>metadata.json</c> says.</param>
    /// <param name="units">What <c>ous.json</c> says.</param>
    /// <param name="accounts">What <c>accounts.json</c> says.</param>
    /// <returns>Null when something is wrong.</returns>
    public OrganizationControls? Read(JsonTree metadata, JsonTree units, JsonTree accounts)
    {
        foreach (PolicyProblem problem in ((JsonTree[])[metadata, units, accounts]).SelectMany(json => json.Problems))
        {
            problems.Add(problem);
        }

        if (problems.HasErrors)
        {
            return null;
        }

        if (Member(metadata.Root, "id", JsonKind.String) is { } id && Member(metadata.Root, "rootAccountId", JsonKind.String) is { } management)
        {
            parts.Name(id.Text, management.Text, id);
        }

        JsonItem? features = Member(metadata.Root, "features", JsonKind.Object);
        foreach ((PolicyType type, _, string feature) in Kinds)
        {
            if (features?.TryGetProperty(feature, out JsonItem enabled) == true && enabled.Kind == JsonKind.True)
            {
                parts.Enabled.Add(type);
            }
        }

        foreach (JsonMember unit in units.Root.Members())
        {
            JsonItem? parent = unit.Value.TryGetProperty("parent", out _) ? Member(unit.Value, "parent", JsonKind.String) : null;
            parts.AddUnit(unit.Name, parent?.Text, unit.NameElement);
            Attach(unit);
        }

        foreach (JsonMember account in accounts.Root.Members())
        {
            if (Member(account.Value, "ou", JsonKind.String) is { } unit)
            {
                parts.AddAccount(account.Name, unit.Text, account.NameElement);
                Attach(account);
            }
        }

        return parts.Build(Document, (target, kind) =>
            $"no {kind} is attached to {target}, though the organization uses {kind}s and AWS always attaches one; collect it again with iam-collect");
    }

    private void Attach(JsonMember target)
    {
        foreach ((PolicyType type, string member, _) in Kinds.Where(kind => parts.Enabled.Contains(kind.Type)))
        {
            if (Member(target.Value, member, JsonKind.Array) is not { } policies)
            {
                continue;
            }

            foreach (JsonItem policy in policies.Items())
            {
                if (problems.ExpectString(policy, "the ARN of a policy") is { } arn)
                {
                    parts.Attach(type, target.Name, OrganizationParts.LastOf(arn), policy);
                }
            }
        }
    }

    private PolicyDocument? Document(PolicyType type, string id, JsonItem at)
    {
        // Only what is a name may become one in a path.
        if (!id.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
        {
            problems.Add(at, ProblemCode.InvalidValue, $"\"{Excerpt.Of(at.Text)}\" is not the ARN of a control policy");
            return null;
        }

        string path = $"{Kinds.First(kind => kind.Type == type).Member}/{id.ToLowerInvariant()}/policy.json";
        PolicyDocument? document = source.Load(path, out PolicyProblem? problem);
        if (document is null)
        {
            problems.Add(problem is { Code: not ProblemCode.UnreadableFile } ? problem
                : at.Problem(ProblemCode.UnreadableFile, problem?.Message ?? $"{path} cannot be read"));
            return null;
        }

        foreach (PolicyProblem found in document.Problems)
        {
            problems.Add(found);
        }

        return document.HasErrors ? null : document;
    }

    private JsonItem? Member(JsonItem value, string name, JsonKind kind)
    {
        if (!value.TryGetProperty(name, out JsonItem member))
        {
            problems.Add(value, ProblemCode.MissingElement, $"this has no {name}; collect it again with iam-collect");
            return null;
        }

        if (member.Kind != kind)
        {
            problems.WrongType(member, name, kind == JsonKind.String ? "a string" : kind == JsonKind.Array ? "an array" : "an object");
            return null;
        }

        return member;
    }
}
