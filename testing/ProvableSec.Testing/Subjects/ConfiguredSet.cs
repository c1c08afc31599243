using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>A set of stacks of a configuration: that of each role, user or resource in some files, as <c>provablesec verify</c> makes it.</summary>
/// <param name="folder">The folder of the configuration.</param>
/// <param name="loader">Reads its policies.</param>
/// <param name="problems">Takes what is wrong with it.</param>
internal sealed class ConfiguredSet(string folder, PolicyLoader loader, CaseProblems problems)
{
    private const string Resource = "resource";

    private readonly List<string> files = [];
    private readonly List<string> except = [];
    private KnownDeployment known = new(TestHints.Hints);
    private string each = "";

    /// <summary>What the set says of each stack.</summary>
    public PolicyStack Common { get; private set; } = PolicyStack.Empty;

    /// <summary>Whether its stacks are those of resources.</summary>
    public bool IsOfResources => each == Resource;

    /// <summary>Reads the members.</summary>
    /// <param name="set">The set.</param>
    /// <exception cref="PolicySourceException">A file is of another kind, or there are none.</exception>
    public IReadOnlyList<(string Id, PolicySubject Subject)> Read(JsonMember set)
    {
        var stack = new StackReader(loader, problems);
        foreach (JsonMember member in set.Value.Properties())
        {
            if (!stack.TryReadMember(member))
            {
                ReadOwn(set.Name, member);
            }
        }

        Common = stack.Stack;
        known = Common.Account is { } account ? known.InAccount(account) : known;
        var found = new List<(string, PolicySubject)>();
        foreach (string pattern in files)
        {
            IReadOnlyList<string> paths = FilePatterns.Find(folder, pattern);
            if (paths.Count == 0)
            {
                throw new PolicySourceException($"no file matches {pattern}, which the stacks \"{set.Name}\" name");
            }

            found.AddRange(paths.SelectMany(path => Of(path, TestFile.Read(Path.Combine(folder, path), "", path)))
                .Where(one => !except.Exists(pattern => NamePattern.Matches(pattern, $"{set.Name}/{one.Id}") || (one.Subject.Caller is { } caller
                    && NamePattern.Matches(pattern, caller.Name))))
                .Select(one => ($"{set.Name}/{one.Id}", Whole(one.Subject.Named($"stack {set.Name}/{one.Id}")))));
        }

        return found.Count > 0 ? found
            : throw new PolicySourceException($"no {each} is in the files of the stacks \"{set.Name}\", so that a claim would say nothing");
    }

    private void ReadOwn(string set, JsonMember member)
    {
        JsonItem value = member.Value;
        switch (member.Name)
        {
            case "each":
                each = problems.ExpectString(value, "each") ?? "";
                break;
            case "files" or "except":
                (member.Name == "files" ? files : except).AddRange((value.Kind == JsonKind.String ? [value] : value.Items())
                    .Select(item => problems.ExpectString(item, member.Name)).OfType<string>());
                break;
            case "region":
                known = problems.ExpectString(value, "region") is { } region ? known.InRegion(region) : known;
                break;
            case "parameters":
                known = known with
                {
                    Values = known.Values.SetItems(value.Members().Select(one => new KeyValuePair<string, string>(one.Name, one.Value.Text))),
                };
                break;
            case "conditions":
                known = known with
                {
                    Conditions = known.Conditions.SetItems(
                        value.Members().Select(one => new KeyValuePair<string, bool>(one.Name, one.Value.Kind == JsonKind.True))),
                };
                break;
            case "managedPolicies":
                foreach (JsonMember policy in value.Members())
                {
                    if (loader.Read(policy.Value, policy.Name, problems) is { } document)
                    {
                        known = known with { Managed = known.Managed.SetItem(KnownDeployment.NameOfManaged(policy.Name), document) };
                    }
                }

                break;
            default:
                throw new PolicySourceException($"\"{member.Name}\" is not a member of the stacks \"{set}\"");
        }
    }

    private IEnumerable<(string Id, PolicySubject Subject)> Of(string path, DocumentText source)
    {
        JsonItem root = JsonTreeReader.Read(source).Root;
        DocumentKind kind = root.Kind == JsonKind.Object ? PolicyDocuments.KindOf(root) : DocumentKind.Template;
        return kind switch
        {
            DocumentKind.AccountDump when !IsOfResources => Principals(DumpPolicies.Read(source)).Select(one => (one.Caller!.Name, one)),
            DocumentKind.Template => Members(TemplatePolicies.Read(source, known)).Select(one => ($"{path}#{one.Id}", one.Subject)),
            DocumentKind.TerraformPlan => Members(PlanPolicies.Read(source, known)).Select(one => ($"{path}#{one.Id}", one.Subject)),
            DocumentKind.Policy when IsOfResources => [(path, Policies.Alone(PolicyReading.Read(source, PolicyType.Resource), PolicyType.Resource, path))],
            DocumentKind.Other when IsOfResources && PolicyDocuments.IsCliAnswer(root) => Answers(path, source),
            _ => throw new PolicySourceException($"{path} is not what \"each\": \"{each}\" reads"),
        };
    }

    private PolicySubjects Principals(DumpPolicies dump) => each switch
    {
        "role" => dump.Roles,
        "user" => dump.Users,
        _ => dump.Principals,
    };

    private IEnumerable<(string Id, PolicySubject Subject)> Members(TemplatePolicies template) => each switch
    {
        Resource => WithIds(template.ResourcePolicies),
        "role" => WithIds(template.Roles),
        "user" => WithIds(template.Users),
        _ => WithIds(template.Roles).Concat(WithIds(template.Users)),
    };

    private IEnumerable<(string Id, PolicySubject Subject)> Members(PlanPolicies plan) => each switch
    {
        Resource => WithIds(plan.ResourcePolicies),
        "role" => WithIds(plan.Roles),
        "user" => WithIds(plan.Users),
        _ => WithIds(plan.Roles).Concat(WithIds(plan.Users)),
    };

    private static IEnumerable<(string Id, PolicySubject Subject)> WithIds(PolicySubjects subjects) =>
        subjects.Ids.Zip(subjects, (id, subject) => (id, subject));

    private static IEnumerable<(string Id, PolicySubject Subject)> Answers(string path, DocumentText source)
    {
        IReadOnlyList<FoundPolicy> found = PolicyDocuments.InCliAnswer(JsonTreeReader.Read(source), new PolicyContext(PolicyType.Resource));
        foreach (FoundPolicy policy in found.Where(policy => policy.Context.Type == PolicyType.Resource))
        {
            PolicyDocument document = DeployedDocument.Read(policy, policy.Text, source, out string? problem)
                ?? throw new PolicySourceException(problem!);
            yield return (found.Count > 1 ? $"{path}#{policy.Pointer}" : path, Policies.Alone(document, PolicyType.Resource, path));
        }
    }

    /// <summary>A member with what the set says of each.</summary>
    private PolicySubject Whole(PolicySubject subject) => subject.WithStack(own => Common with
    {
        IdentityPolicies = IsOfResources ? null
            : (own.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty).AddRange(Common.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty),
        PermissionsBoundary = Common.PermissionsBoundary ?? own.PermissionsBoundary,
        ResourcePolicy = IsOfResources ? own.ResourcePolicy : Common.ResourcePolicy,
        Account = IsOfResources ? null : own.Account ?? Common.Account,
    }, isBoundaryGiven: Common.PermissionsBoundary is not null);
}
