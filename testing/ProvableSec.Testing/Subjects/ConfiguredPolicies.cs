using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
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

        var loader = new PolicyLoader(new NamedFiles(path, caller), new PolicyCache());
        var stacks = new List<(string, PolicySubject)>();
        if (json.Root.TryGetProperty("stacks", out JsonItem members))
        {
            foreach (JsonMember member in members.Properties())
            {
                PolicyStack stack = StackReader.Read(member.Value, $"the stack \"{member.Name}\"", loader, problems);
                stacks.Add((member.Name, new PolicySubject($"stack {member.Name} ({path})",
                    ImmutableArray.Create(new Variant("", Reasoning.Questions.Subject.Of(stack), PolicyType.Identity)))));
            }
        }

        return problems.ToImmutable().FirstOrDefault(p => p.IsError || p.Code == ProblemCode.UnknownMember) is { } error
            ? throw new PolicySourceException(error.ToString())
            : stacks.Count == 0
            ? throw new PolicySourceException($"{path} has no stacks; expected an object \"stacks\" with named stacks, as provablesec verify reads it")
            : new ConfiguredPolicies(path, new PolicySubjects($"the stacks of {path}", stacks));
    }
}
