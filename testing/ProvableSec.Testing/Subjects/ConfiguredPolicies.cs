using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>The stacks that a <c>provablesec.json</c> names, the same that <c>provablesec verify</c> asks about.</summary>
public sealed class ConfiguredPolicies
{
    private readonly string name;

    private ConfiguredPolicies(string name, PolicySubjects stacks)
    {
        this.name = name;
        Stacks = stacks;
    }

    /// <summary>Every stack.</summary>
    public PolicySubjects Stacks { get; }

    /// <summary>A stack by its name.</summary>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Stack(string name) => Stacks.Named(name);

    /// <summary>The file.</summary>
    public override string ToString() => name;

    internal static ConfiguredPolicies Read(string path, string caller)
    {
        DocumentText source = TestFile.Read(path, caller);
        JsonTree json = JsonTreeReader.Read(source);
        var problems = new CaseProblems();
        foreach (PolicyProblem problem in json.Problems)
        {
            problems.Add(problem);
        }

        foreach (string member in (string[])["extends", "variables"])
        {
            if (json.Root.TryGetProperty(member, out _))
            {
                throw new PolicySourceException(
                    $"{path} has \"{member}\", which only provablesec verify reads; name the configuration that is extended, or a copy without variables");
            }
        }

        var loader = new PolicyLoader(new NamedFiles(path, caller), new PolicyCache());
        OrganizationPolicies? organization = json.Root.TryGetProperty("organization", out JsonItem linked) ? Organization(linked, path, caller) : null;
        var stacks = new List<(string, PolicySubject)>();
        foreach (JsonMember member in json.Root.TryGetProperty("stacks", out JsonItem members) ? members.Members() : [])
        {
            var set = new ConfiguredSet(Path.GetDirectoryName(TestFile.FullPathOf(source.Name)!)!, loader, problems);
            IReadOnlyList<(string Id, PolicySubject Subject)> made = IsGiven("each") ? set.Read(member) : [(member.Name, Alone(member))];
            bool IsGiven(string name) => member.Value.TryGetProperty(name, out _);
            stacks.AddRange(made.Select(one => (one.Id, organization is null || IsGiven("organization") ? one.Subject
                : set.IsOfResources ? set.Common.Account is { } owner ? one.Subject.Under(organization, owner, IsGiven) : one.Subject
                : one.Subject.Under(organization, null, IsGiven))));
        }

        return problems.ToImmutable().FirstOrDefault(p => p.IsError || p.Code == ProblemCode.UnknownMember) is { } error
            ? throw new PolicySourceException(error.ToString())
            : stacks.Count == 0
            ? throw new PolicySourceException($"{path} has no stacks; expected an object \"stacks\" with named stacks, as provablesec verify reads it")
            : new ConfiguredPolicies(path, new PolicySubjects($"the stacks of {path}", stacks));

        PolicySubject Alone(JsonMember member) => new($"stack {member.Name} ({path})", ImmutableArray.Create(new Variant("",
            Reasoning.Questions.Subject.Of(StackReader.Read(member.Value, $"the stack \"{member.Name}\"", loader, problems)), PolicyType.Identity)));
    }

    private static OrganizationPolicies Organization(JsonItem linked, string path, string caller) => linked.Kind == JsonKind.String
        ? OrganizationPolicies.Read(Path.Combine(Path.GetDirectoryName(path) ?? "", linked.Text), caller)
        : throw new PolicySourceException($"the organization of {path} is no path of a file, which tests read; provablesec verify reads it");
}
