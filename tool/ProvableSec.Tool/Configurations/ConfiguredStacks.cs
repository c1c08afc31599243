using System.Collections.Immutable;
using System.IO.Enumeration;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>The stacks of a configuration, and the names of several: sets, which a document says the members of, and groups, which the configuration
/// lists.</summary>
internal sealed class ConfiguredStacks
{
    private readonly Dictionary<string, ConfiguredStack> stacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StackSet> sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (IReadOnlyList<(string Name, JsonItem At)> Names, ConfigurationProblems Problems)> groups = new(StringComparer.Ordinal);

    /// <summary>Everything that is wrong with stacks, sets and groups.</summary>
    public IEnumerable<PolicyProblem> Problems =>
        stacks.Values.SelectMany(stack => stack.Problems).Concat(sets.Values.SelectMany(set => set.Problems))
            .Concat(groups.Values.SelectMany(group => group.Problems.Errors));

    /// <summary>Everything that is odd about them.</summary>
    public IEnumerable<PolicyProblem> Warnings => stacks.Values.SelectMany(stack => stack.Warnings).Concat(sets.Values.SelectMany(set => set.Warnings));

    /// <summary>Every stack.</summary>
    public IReadOnlyCollection<ConfiguredStack> All => stacks.Values;

    /// <summary>A stack by its name; null where there is none.</summary>
    public ConfiguredStack? Find(string name) => stacks.GetValueOrDefault(name);

    /// <summary>What a property may name.</summary>
    public IReadOnlyCollection<string> Names => [.. stacks.Keys.Where(name => !sets.Values.Any(set => set.Has(name))), .. sets.Keys, .. groups.Keys];

    /// <summary>Adds a stack; a later one of the same name takes its place.</summary>
    public void Add(ConfiguredStack stack)
    {
        Remove(stack.Name);
        stacks[stack.Name] = stack;
    }

    /// <summary>Adds the stacks of a document.</summary>
    public void Add(StackSet set)
    {
        Remove(set.Name);
        sets[set.Name] = set;
        foreach (ConfiguredStack stack in set.Members)
        {
            stacks[stack.Name] = stack;
        }
    }

    /// <summary>Adds a group; its names are looked up when all stacks are there.</summary>
    public void AddGroup(string name, IReadOnlyList<(string Name, JsonItem At)> names, ConfigurationProblems problems) => groups[name] = (names, problems);

    /// <summary>Looks up the names of all groups, so that a mistake in one is reported though no property asks for it.</summary>
    public void CheckGroups()
    {
        foreach ((string name, (IReadOnlyList<(string Name, JsonItem At)> names, ConfigurationProblems problems)) in groups)
        {
            if (names.Count > 0 && (stacks.ContainsKey(name) || sets.ContainsKey(name)))
            {
                problems.Add(names[0].At, ProblemCode.DuplicateKey, $"the group \"{name}\" is called as a stack is; give it another name");
            }

            foreach ((string of, JsonItem at) in names)
            {
                Select(of, at, problems, [name]);
            }
        }
    }

    /// <summary>The stacks that a name or pattern means; none, and a problem, where there are none.</summary>
    /// <param name="name">The name of a stack, set or group, or a pattern of names of stacks.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="problems">Takes the problem.</param>
    public IReadOnlyList<ConfiguredStack> Select(string name, JsonItem at, ConfigurationProblems problems) => Select(name, at, problems, []);

    private IReadOnlyList<ConfiguredStack> Select(string name, JsonItem at, ConfigurationProblems problems, ImmutableArray<string> within)
    {
        if (groups.TryGetValue(name, out (IReadOnlyList<(string Name, JsonItem At)> Names, ConfigurationProblems Problems) group))
        {
            if (within.Contains(name))
            {
                problems.Add(at, ProblemCode.ConflictingElements,
                    $"the group \"{name}\" is in itself: {string.Join(" → ", within.Append(name))}; take one of them out");
                return [];
            }

            var known = new HashSet<string>(StringComparer.Ordinal);
            return [.. group.Names.SelectMany(of => Select(of.Name, of.At, group.Problems, within.Add(name))).Where(stack => known.Add(stack.Name))];
        }

        if (sets.TryGetValue(name, out StackSet? set))
        {
            return set.Members;
        }

        if (stacks.TryGetValue(name, out ConfiguredStack? stack))
        {
            return [stack];
        }

        if (!DocumentGlob.IsPattern(name))
        {
            problems.NoSuch(at, "stack", name, Names);
            return [];
        }

        ConfiguredStack[] matching = [.. stacks.Values.Where(one => one.Matches(PatternOf(name)))];
        if (matching.Length == 0)
        {
            problems.Add(at, ProblemCode.InvalidValue, $"no stack matches {name}");
        }

        return matching;
    }

    /// <summary>What is wrong with what a name means, so that its property is not asked.</summary>
    public IEnumerable<PolicyProblem> ProblemsOf(string name) =>
        sets.TryGetValue(name, out StackSet? set) ? set.Problems
            : groups.TryGetValue(name, out (IReadOnlyList<(string Name, JsonItem At)> Names, ConfigurationProblems Problems) group)
            ? group.Problems.Errors.Concat(group.Names.Where(of => of.Name != name && !groups.ContainsKey(of.Name)).SelectMany(of => ProblemsOf(of.Name)))
        : [];

    /// <summary>Whether a text is of a pattern, in which <c>*</c> is any text, slashes and colons too.</summary>
    public static Func<string, bool> PatternOf(string pattern) => text => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private void Remove(string name)
    {
        stacks.Remove(name);
        if (sets.Remove(name, out StackSet? before))
        {
            foreach (ConfiguredStack stack in before.Members)
            {
                stacks.Remove(stack.Name);
            }
        }
    }
}
