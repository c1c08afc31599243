using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>
/// Stacks as they were: of the same name in the configuration of a revision, with the files, the organization and the control policies of that revision. A
/// name that this configuration does not have is looked for with the definition of today; where that finds none, either, the stack is new.
/// </summary>
/// <param name="source">The configuration.</param>
/// <param name="read">Reads the stacks of a configuration.</param>
internal sealed class RevisionStacks(DocumentText source, Func<DocumentText, InputScope, StackConfiguration> read)
{
    // What was granted before there was a policy.
    private const string Nothing = """{"Version":"2012-10-17","Statement":[]}""";

    private readonly Dictionary<string, Sides> known = new(StringComparer.Ordinal);

    /// <summary>What a stack was; several where it was another one in several deployments of its template.</summary>
    /// <param name="baseline">The member that names the revision.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="problems">Takes what is wrong, and which stacks are new.</param>
    /// <returns>None where something is wrong.</returns>
    public IReadOnlyList<ConfiguredStack> Before(JsonItem baseline, ConfiguredStack stack, ConfigurationProblems problems)
    {
        if (At(baseline, problems) is not { } sides)
        {
            return [];
        }

        if (sides.AsItWas is { } was)
        {
            if (Of(was.Stacks, stack) is { Count: > 0 } same)
            {
                return Usable(same);
            }

            if (was.Problems.Count > 0)
            {
                problems.Add(baseline, ProblemCode.UnreadableFile,
                    $"the stack \"{stack.Name}\" cannot be found in {source.Name} at {sides.Name}: {was.Problems[0]}");
                return [];
            }
        }

        // A policy that the configuration spells out is no older than its definition.
        bool isSpelledOut = stack.Stack!.Documents().Any(placed => placed.Document.Source.Name == source.Name);
        if (!isSpelledOut && Of(sides.AsDefinedNow.Stacks, stack) is { Count: > 0 } defined)
        {
            problems.Add(baseline, ProblemCode.EmptyList,
                $"{source.Name} at {sides.Name} has no stack \"{stack.Holder}\", which is compared with what its definition of today finds there");
            return Usable(defined);
        }

        problems.Add(baseline, ProblemCode.EmptyList, $"there is no \"{stack.Holder}\" at {sides.Name}, so that everything that it allows is new");
        return [Empty(stack)];

        IReadOnlyList<ConfiguredStack> Usable(IReadOnlyList<ConfiguredStack> stacks)
        {
            foreach (ConfiguredStack one in stacks.Where(one => one.Stack is null))
            {
                problems.Add(baseline, ProblemCode.UnreadableFile,
                    $"the stack \"{one.Name}\" cannot be read at {sides.Name}: {(one.Problems.IsEmpty ? "it has errors" : one.Problems[0].ToString())}");
            }

            return stacks.All(one => one.Stack is not null) ? stacks : [];
        }
    }

    private static IReadOnlyList<ConfiguredStack> Of(ConfiguredStacks stacks, ConfiguredStack stack) =>
        stacks.Find(stack.Name) is { } same ? [same] : [.. stacks.All.Where(other => other.Holder == stack.Holder)];

    private static ConfiguredStack Empty(ConfiguredStack stack) => new(stack.Name, stack.Stack! with
    {
        IdentityPolicies = stack.Stack.IdentityPolicies is null ? null : [],
        ResourcePolicy = stack.Stack.ResourcePolicy is null ? null : PolicyFile.Read(new DocumentText(Nothing, "the policy that was not there")),
    }, [], []);

    private Sides? At(JsonItem baseline, ConfigurationProblems problems)
    {
        string revision = baseline.Text[RevisionBaselines.Prefix.Length..];
        if (known.TryGetValue(revision, out Sides? sides))
        {
            return sides;
        }

        if (RevisionBaselines.TryOpen(baseline, Path.GetDirectoryName(source.Name) ?? "", problems) is not { } files)
        {
            return null;
        }

        InputScope scope = InputScope.At(files);
        DocumentText? then = source.Name == InputFile.StandardInputName ? null : InputFile.TryRead(source.Name, source.Name, out _, scope);
        return known[revision] = new Sides(files.Name, then is null ? null : read(then, scope), new(() => read(source, scope)));
    }

    private sealed record Sides(string Name, StackConfiguration? AsItWas,
        Lazy<StackConfiguration> Now)
    {
        public StackConfiguration AsDefinedNow => Now.Value;
    }
}
