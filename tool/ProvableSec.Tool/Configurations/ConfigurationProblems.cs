using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>What is wrong with a part of a configuration. A person wrote the file for this tool, so that a member nobody reads is an error, not a
/// remark.</summary>
/// <param name="file">The file that it is in; null where its places are those of the text that was read.</param>
internal sealed class ConfigurationProblems(ConfigurationFile? file = null)
{
    private const int MostNamed = 12;

    /// <summary>Where the readers of policies, stacks and requests report.</summary>
    public CaseProblems Collected { get; } = new();

    /// <summary>The errors, each once.</summary>
    public ImmutableArray<PolicyProblem> Errors => [.. All.Where(problem => problem.IsError)];

    /// <summary>What is odd and no error, each once.</summary>
    public ImmutableArray<PolicyProblem> Warnings => [.. All.Where(problem => !problem.IsError)];

    /// <summary>Everything, members that nobody reads turned into errors.</summary>
    public IEnumerable<PolicyProblem> All => Collected.ToImmutable().Select(problem => problem.Code == ProblemCode.UnknownMember
        ? new PolicyProblem(ProblemCode.UnknownElement, problem.Message.Replace(" and is not read", "", StringComparison.Ordinal), problem.Span,
            problem.Pointer, problem.Position, problem.File)
        : problem).Select(problem => file?.Located(problem) ?? problem);

    public void Add(JsonItem at, ProblemCode code, string message) => Collected.Add(at, code, message);

    /// <summary>Reports a member that an object cannot have.</summary>
    public void Unknown(JsonMember property, string where, IReadOnlyCollection<string> known) => Add(
        property.NameElement,
        ProblemCode.UnknownElement,
        $"\"{property.Name}\" is not a member of {where}; "
            + $"{(Spelling.Nearest(property.Name, known) is { } meant ? $"did you mean \"{meant}\"?" : $"expected one of {string.Join(", ", known)}")}");

    /// <summary>Reports a name that nothing has.</summary>
    public void NoSuch(JsonItem at, string kind, string name, IReadOnlyCollection<string> known) => Add(
        at,
        ProblemCode.InvalidValue,
        $"there is no {kind} \"{name}\"{(Spelling.Nearest(name, known) is { } meant ? $"; did you mean \"{meant}\"?" : known.Count > 0 ? $"; there are {Listed(known)}" : "; there is none")}");

    private static string Listed(IReadOnlyCollection<string> known) =>
        string.Join(", ", known.Take(MostNamed)) + (known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "");

    /// <summary>One of some words; null, and a problem, for anything else.</summary>
    public T? Word<T>(JsonItem value, string name, params ReadOnlySpan<(string Word, T Meaning)> words)
        where T : struct
    {
        if (Collected.ExpectString(value, name) is not { } text)
        {
            return null;
        }

        var known = new List<string>();
        foreach ((string word, T meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }

            known.Add(word);
        }

        Add(value, ProblemCode.InvalidValue, $"{name} must be one of {string.Join(", ", known)}, not \"{text}\"");
        return null;
    }
}
