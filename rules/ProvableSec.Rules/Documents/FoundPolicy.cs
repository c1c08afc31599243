using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.Rules.Documents;

/// <summary>A policy in a document.</summary>
/// <param name="Text">The policy as JSON; its pieces are from the document.</param>
/// <param name="Context">What it is.</param>
/// <param name="TypeFrom">Where its type is from.</param>
/// <param name="Pointer">JSON pointer of the policy in the document.</param>
/// <param name="Owner">Whose policy it is, for people; empty for a document of its own.</param>
public sealed record FoundPolicy(MappedText Text, PolicyContext Context, PolicyTypeOrigin TypeFrom, string Pointer, string Owner)
{
    /// <summary>Roles, users and groups of the document that have the policy.</summary>
    internal IReadOnlyList<string> Holders { get; init; } = [];

    /// <summary>How many values are known only when the document is deployed.</summary>
    public int UnknownValues { get; init; }

    /// <summary>What the name of the file says the policy is, where nobody else says it; null where the name says nothing. The content wins where it
    /// contradicts.</summary>
    public PolicyType? TypeByName { get; init; }

    /// <summary>What its content alone would make of the policy, where the name of the file says something.</summary>
    public PolicyType TypeByContent { get; init; }

    /// <summary>True when no policy is written down but a property that opens access as the policy would: findings are about access only, and at the
    /// property.</summary>
    public bool IsImplied { get; init; }

    /// <summary>True for a policy that is made of something else, so that pointers into it lead nowhere in the document and nothing of it can be
    /// fixed.</summary>
    internal bool IsPlaceOnly { get; init; }

    /// <summary>The type of resource that the policy stands in, where that is none known to take one; empty else. Findings are about access only, and
    /// infos.</summary>
    public string UnknownOwnerType { get; init; } = "";

    /// <summary>The beginning of pointers into <see cref="Text"/> that the document lacks: it has a statement where a policy is read.</summary>
    internal string Wrapped { get; init; } = "";

    /// <summary>What else the policy is under other conditions of a template.</summary>
    internal IReadOnlyList<PolicyBranch> Branches { get; init; } = [];

    /// <summary>Conditions under which the policy is there at all, each with whether it must be met.</summary>
    internal IReadOnlyList<(string Condition, bool IsMet)> Needed { get; init; } = [];

    /// <summary>What blocks the public access that the policy gives.</summary>
    internal PublicAccessBlock Block { get; init; }

    /// <summary>What the bucket does about public access by the policy, under some conditions of a template at least; null where it does nothing.</summary>
    internal string? PublicAccessStop => PublicAccessBlocks.Effect(Branches.Aggregate(Block, (all, branch) => all | branch.Block));

    /// <summary>Checks the policy; spans and pointers of the findings are those of the document.</summary>
    public IReadOnlyList<PolicyFinding> Check(CancellationToken cancellation = default)
    {
        var blocked = new List<PolicyFinding>();
        PolicyFinding[] found = Branches.Count == 0
            ? [.. FindingsOf(new PolicyBranch([], Text) { Block = Block }, blocked, cancellation)]
            : [.. PolicyBranch.Together([.. Branches.Select(branch => (branch, FindingsOf(branch, blocked, cancellation).ToList()))])];
        PolicyFinding[] stopped = [.. blocked.Where(finding => !found.Any(other => other.Rule.Id == finding.Rule.Id)).Take(1)];
        return stopped.Length == 0 ? found : [.. found.Concat(stopped).OrderBy(finding => finding.Span.Start)];
    }

    /// <summary>The ways to fix a finding of <see cref="Check"/>, the best one first, as changes of <see cref="Text"/>.</summary>
    public IReadOnlyList<PolicyRewrite> RewritesOf(PolicyFinding finding) =>
        finding.Own is { } own && !IsImplied && !IsPlaceOnly && UnknownOwnerType.Length == 0 && Branches.Count == 0
            ? PolicyRewrites.Of(new DocumentText(Text.Text), Context, own) : [];

    private IEnumerable<PolicyFinding> FindingsOf(PolicyBranch branch, List<PolicyFinding> blocked, CancellationToken cancellation)
    {
        if (branch.Text is not { } text)
        {
            return [];
        }

        IEnumerable<PolicyFinding> found = PolicyChecks.Check(new DocumentText(text.Text), Context, cancellation);
        if (IsImplied || UnknownOwnerType.Length > 0 || branch.IsGuess)
        {
            found = found.Where(finding => finding.Rule.IsAboutAccess);
        }

        found = found.Select(own => own with
        {
            Span = text.SourceOf(own.Span),
            Related = [.. own.Related.Select(text.SourceOf)],
            Pointer = Pointer + (IsImplied || IsPlaceOnly ? "" : own.Pointer.StartsWith(Wrapped, StringComparison.Ordinal)
                ? own.Pointer.Substring(Wrapped.Length) : ""),
            Policy = Pointer,
            Document = Owner + NamesOf(Pointer),
            Severity = UnknownOwnerType.Length > 0 ? RuleSeverity.Info : own.Severity,
            Own = own,
        });
        if (PublicAccessBlocks.Effect(branch.Block) is not { } effect || !PublicAccessBlocks.IsPublic(text.Text))
        {
            return found;
        }

        PolicyFinding[] all = [.. found];
        blocked.AddRange(all.Where(IsPublicAccess).Select(finding => finding with { Severity = RuleSeverity.Info, Message = $"{finding.Message}; {effect}" }));
        return all.Where(finding => !IsPublicAccess(finding));
    }

    /// <summary>A pointer without the places in lists, which are others when something is inserted.</summary>
    private static string NamesOf(string pointer) =>
        string.Join("/", pointer.Split('/').Where(name => name.Length == 0 || !name.All(digit => digit is >= '0' and <= '9')));

    private static bool IsPublicAccess(PolicyFinding finding) => finding.Rule.Id == "PSEC2001";
}
