using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Proposes changes that may fix findings of some rules; what they do to the policy is proved elsewhere. Has no state.</summary>
/// <param name="rules">The rules, by the code of IAM Access Analyzer or, without one, by id.</param>
internal abstract class PolicyRewriter(params string[] rules)
{
    public bool Fixes(Rule rule) => Array.IndexOf(rules, rule.AccessAnalyzer ?? rule.Id) >= 0;

    /// <summary>The changes that are worth a try.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="finding">A finding of one of the rules, in the policy's own text.</param>
    public abstract IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding);

    /// <summary>The rewrite, where whatever else it must do is proved; null where it is not.</summary>
    public virtual PolicyRewrite? Confirmed(PolicyRewrite rewrite, string policy, PolicyContext context) => rewrite;

    protected static string Shown(CheckedPolicy policy, PolicyFinding finding) =>
        CheckedText.Quoted(policy.Root.Document.Source.Text.Substring(finding.Span.Start, finding.Span.Length).Trim('"'));

    /// <summary>The statement that a finding is in.</summary>
    protected static CheckedStatement? StatementOf(CheckedPolicy policy, PolicyFinding finding) =>
        policy.Statements.FirstOrDefault(statement => statement.Element.Span.Start <= finding.Span.Start && statement.Element.Span.End >= finding.Span.End);

    /// <summary>The condition whose operator, key or value a finding is at.</summary>
    protected static CheckedCondition? ConditionOf(CheckedPolicy policy, PolicyFinding finding) =>
        StatementOf(policy, finding)?.Conditions.FirstOrDefault(condition =>
            condition.OperatorElement.Span == finding.Span
                || (condition.KeyProperty.NameSpan.Start <= finding.Span.Start && condition.KeyProperty.Value.Span.End >= finding.Span.End));

    /// <summary>Writes another operator for a condition; null where that would move other keys with it, or the operator is there already.</summary>
    protected static PolicyEdit? Operator(CheckedCondition condition, string name) =>
        condition.Statement.Conditions.Count(other => other.OperatorElement.Span == condition.OperatorElement.Span) > 1
        || condition.Statement.Conditions.Any(other => other.OperatorName == name)
            ? null : JsonEdits.Replace(condition.OperatorElement, name);

    protected static JsonItem? ContainerOf(CheckedPolicy policy, PolicyFinding finding) => JsonEdits.ContainerOf(policy.Root, finding.Span);
}
