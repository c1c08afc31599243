using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>Reads the file that describes an organization and its control policies (<c>schemas/organization.schema.json</c>).</summary>
internal static class OrganizationControlsReader
{
    private static readonly string[] Members = ["$schema", "organization", "serviceControlPolicies", "resourceControlPolicies"];

    /// <summary>Reads the file. Never throws on any JSON.</summary>
    /// <param name="document">The file.</param>
    /// <param name="loader">Reads the policies.</param>
    /// <param name="problems">Takes the problems; with errors among them the result is of no use.</param>
    public static OrganizationControls Read(JsonTree document, PolicyLoader loader, CaseProblems problems)
    {
        foreach (PolicyProblem problem in document.Problems)
        {
            problems.Add(problem);
        }

        return Read(document.Root, loader, problems);
    }

    /// <summary>Reads the object that the file is. Never throws on any JSON.</summary>
    /// <param name="value">The object.</param>
    /// <param name="loader">Reads the policies.</param>
    /// <param name="problems">Takes the problems; with errors among them the result is of no use.</param>
    public static OrganizationControls Read(JsonItem value, PolicyLoader loader, CaseProblems problems)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.WrongType(value, "an organization file", "an object with organization, serviceControlPolicies and resourceControlPolicies");
        }

        var stack = new StackReader(loader, problems);
        ControlPolicies services = ControlPolicies.None, resources = ControlPolicies.None;
        foreach (JsonMember member in value.Properties())
        {
            switch (member.Name)
            {
                case "$schema":
                    problems.ExpectString(member.Value, "$schema");
                    break;
                case "organization":
                    stack.TryReadMember(member);
                    break;
                case "serviceControlPolicies":
                    services = Policies(member, stack, loader, problems);
                    break;
                case "resourceControlPolicies":
                    resources = Policies(member, stack, loader, problems);
                    break;
                default:
                    problems.Unknown(member, "an organization file", Members);
                    break;
            }
        }

        foreach (ControlPolicies attached in (ControlPolicies[])[services, resources])
        {
            if (attached.Targets.Count > 0 && stack.Stack.Organization is not { Accounts.Count: > 0 })
            {
                problems.Add(value, ProblemCode.MissingElement,
                    "policies are given by target, but organization has no accounts with paths to tell who lies below which target");
                break;
            }
        }

        return new OrganizationControls(stack.Stack.Organization, services, resources);
    }

    private static ControlPolicies Policies(JsonMember member, StackReader stack, PolicyLoader loader, CaseProblems problems)
    {
        string name = member.Name;
        if (member.Value.Kind != JsonKind.Object)
        {
            stack.TryReadMember(member);
            return ControlPolicies.None with { Levels = PolicyLayers.Find(name)!.Documents(stack.Stack) };
        }

        ImmutableDictionary<string, ImmutableArray<PolicyDocument>>.Builder targets =
            ImmutableDictionary.CreateBuilder<string, ImmutableArray<PolicyDocument>>(StringComparer.Ordinal);
        foreach (JsonMember target in member.Value.Properties())
        {
            if (!target.Name.StartsWith("r-", StringComparison.Ordinal) && !target.Name.StartsWith("ou-", StringComparison.Ordinal)
                && !CallerPrincipal.IsTwelveDigits(target.Name))
            {
                problems.Add(target.NameElement, ProblemCode.InvalidValue,
                    $"\"{CaseProblems.Shown(target.Name)}\" is not a target of {name}; expected a root (r-…), an organizational unit (ou-…) or an account "
                        + $"of twelve digits");
            }

            if (target.Value.Kind != JsonKind.Array)
            {
                problems.WrongType(target.Value, $"a target of {name}", "an array of policies");
            }

            var attached = ImmutableArray.CreateBuilder<PolicyDocument>();
            foreach (JsonItem policy in target.Value.Elements())
            {
                if (loader.Read(policy, name, problems) is { } document)
                {
                    attached.Add(document);
                }
            }

            targets[target.Name] = attached.ToImmutable();
        }

        return ControlPolicies.None with { Targets = targets.ToImmutable() };
    }
}
