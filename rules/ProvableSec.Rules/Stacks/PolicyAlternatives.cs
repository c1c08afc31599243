using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Stacks;

/// <summary>
/// What a policy of a template is in each of the deployments that make another one of it. A deployment is words: <c>IsProduction</c>, <c>not IsProduction</c>,
/// <c>Stage is "prod"</c>, and none for a parameter that is none of the values that the template names.
/// </summary>
internal sealed class PolicyAlternatives
{
    private const string Not = "not ";
    private const string Is = " is \"";

    private readonly List<(IReadOnlyList<string> Words, PolicyDocument? Document)> documents = [];
    private readonly HashSet<string> words;
    private readonly string[] names;
    private readonly IReadOnlyList<string> needed;

    /// <summary>A document that is there under conditions.</summary>
    public PolicyAlternatives(PolicyDocument document, IReadOnlyList<(string Condition, bool IsMet)> needed)
        : this(needed) => documents.Add(([], document));

    /// <summary>Reads a policy of a template or plan.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="source">The template or plan.</param>
    /// <param name="unknown">Gets what cannot be used.</param>
    public PolicyAlternatives(FoundPolicy policy, DocumentText source, ICollection<string> unknown)
        : this(policy.Needed)
    {
        IEnumerable<PolicyBranch> branches = policy.Branches.Count == 0 ? [new PolicyBranch([], policy.Text)]
            : policy.Branches.Where(branch => !IsBounded(branch, policy.Branches));
        foreach (PolicyBranch branch in branches)
        {
            string? problem = null;
            PolicyDocument? document = branch.Text is { } text ? DeployedDocument.Read(policy, text, source, out problem) : null;
            if (problem is not null)
            {
                unknown.Add(problem);
            }

            documents.Add((branch.Conditions, document));
        }

        words = [.. documents.SelectMany(document => document.Words)];
        names = [.. words.Select(NameOf).Distinct()];
    }

    private PolicyAlternatives(IReadOnlyList<(string Condition, bool IsMet)> needed)
    {
        this.needed = [.. needed.Select(condition => condition.IsMet ? condition.Condition : Not + condition.Condition)];
        words = [];
        names = [];
    }

    /// <summary>The words that tell the deployments, by what each is about; the empty word for a parameter that is something else.</summary>
    public IEnumerable<(string Name, string Word)> Words => words.Concat(needed).Select(word => (NameOf(word), word))
        .Concat(names.Where(name => documents.Exists(document => !document.Words.Any(word => NameOf(word) == name))).Select(name => (name, "")));

    /// <summary>Whether a word is about a condition, of which there are two words.</summary>
    public static bool IsCondition(string word) => word.Length > 0 && word.IndexOf(Is, StringComparison.Ordinal) < 0;

    /// <summary>Both words of a condition.</summary>
    public static string[] Either(string condition) => [condition, Not + condition];

    /// <summary>What the policy is in a deployment; null where it is not there.</summary>
    /// <param name="deployment">A word for each name.</param>
    /// <param name="document">The policy.</param>
    /// <returns>False where there is no such deployment.</returns>
    public bool TryIn(IReadOnlyDictionary<string, string> deployment, out PolicyDocument? document)
    {
        document = null;
        if (needed.Any(word => deployment[NameOf(word)] != word))
        {
            return true;
        }

        foreach ((IReadOnlyList<string> own, PolicyDocument? made) in documents)
        {
            if (names.All(name => own.FirstOrDefault(word => NameOf(word) == name) is { } word ? deployment[name] == word : !words.Contains(deployment[name])))
            {
                document = made;
                return true;
            }
        }

        return false;
    }

    private static string NameOf(string word) =>
        word.IndexOf(Is, StringComparison.Ordinal) is >= 0 and var at ? word.Substring(0, at)
        : word.StartsWith(Not, StringComparison.Ordinal) ? word.Substring(Not.Length)
        : word;

    /// <summary>One value of a parameter that may have any says nothing beside the branch that has them all.</summary>
    private static bool IsBounded(PolicyBranch branch, IReadOnlyList<PolicyBranch> all) => branch.IsGuess && all.Any(other =>
        !other.IsGuess && other.Conditions.All(branch.Conditions.Contains)
            && branch.Conditions.All(word => other.Conditions.Contains(word) || !IsCondition(word)));
}
