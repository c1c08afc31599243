using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Ways to fix findings, each proved to keep what the policy allows, to allow less, or shown to allow more.</summary>
public static class PolicyRewrites
{
    private static readonly PolicyRewriter[] Rewriters = [new RemoveRewriter(), new VersionRewriter(), new OperatorRewriter(), new SourceAccountRewriter(),
        new PassRoleRewriter(), new UnusedServiceRewriter(), new SpellingRewriter()];

    /// <summary>The rules that may have a rewrite.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [.. PolicyChecks.Rules.Where(rule => Rewriters.Any(rewriter => rewriter.Fixes(rule)))];

    /// <summary>The ways to fix a finding, the best one first; none where nothing can be said about what would become of the policy.</summary>
    /// <param name="policy">The policy's text.</param>
    /// <param name="context">What is known about it.</param>
    /// <param name="finding">A finding, in the characters of that text.</param>
    public static IReadOnlyList<PolicyRewrite> Of(DocumentText policy, PolicyContext context, PolicyFinding finding)
    {
        PolicyRewriter[] fitting = [.. Rewriters.Where(rewriter => rewriter.Fixes(finding.Rule))];
        if (fitting.Length == 0)
        {
            return [];
        }

        var checkedPolicy = new CheckedPolicy(JsonTreeReader.Read(policy).Root, context);
        return [.. fitting.SelectMany(rewriter => rewriter.Drafts(checkedPolicy, finding)
            .Where(draft => draft.Edits.All(edit => edit is not null))
            .Select(draft => Of(policy.Text, context, finding.Rule, draft.Title, draft.Edits.Select(edit => edit!)) is { } rewrite
                ? rewriter.Confirmed(rewrite, policy.Text, context) : null)
            .OfType<PolicyRewrite>())];
    }

    /// <summary>A rewrite with its relation; null where that is not decided.</summary>
    public static PolicyRewrite? Of(string policy, PolicyContext context, Rule rule, string title, IEnumerable<PolicyEdit> edits)
    {
        ImmutableArray<PolicyEdit> all = edits.ToImmutableArray();
        return PolicyRelation.Of(policy, PolicyEdit.Apply(policy, all), context) is var (relation, witness, given)
            ? new PolicyRewrite(rule, title, all, relation, witness, given) : null;
    }
}
