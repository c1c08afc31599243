using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A policy as the prover reads it, for findings: a finding must hold whatever the unknown texts of a template turn out to be.</summary>
internal static class ProvableText
{
    /// <summary>
    /// Steps a question may cost: some milliseconds. What is not decided by then is no finding; <c>provablesec prove</c> takes its time.
    /// </summary>
    public const long Budget = 300_000;

    // A text that no policy and no request has; it stands for whatever one value the template gives.
    private const string Placeholder = "provablesec-unknown";

    /// <summary>
    /// The document without the Allow statements that are not known in all their parts: whatever they turn out to allow, the rest allows too. Null when AWS
    /// would refuse it, or a Deny of it is not known in all its parts and may deny what the finding is about.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="resourceIsNoMatter">
    /// True to keep an Allow that is not known in all its parts, for findings about who is allowed: a resource of which nothing is known becomes any, for the
    /// statement is about some resource; any other such text becomes one that restricts: a condition on it is one, a principal with it is no stranger.
    /// </param>
    public static PolicyDocument? Of(CheckedPolicy policy, bool resourceIsNoMatter = false)
    {
        string text = policy.Root.Document.Source.Text;
        if (!UnknownText.IsIn(text))
        {
            PolicyDocument known = PolicyReader.Read(new SourceText(text));
            return known.HasErrors ? null : known;
        }

        bool[] isOpen = [.. policy.Statements.Select(statement => UnknownText.IsIn(text.Substring(statement.Element.Span.Start, statement.Element.Span.Length)))];
        if (policy.Statements.Any(statement => !statement.IsAllow && isOpen[statement.Index]))
        {
            return null;
        }

        PolicyDocument document = PolicyReader.Read(new SourceText(Without(policy, text)));
        return document.HasErrors ? null
            : resourceIsNoMatter ? document
            : document.Where(statement => !isOpen[statement.Index]);
    }

    /// <summary>The policy that allows everything.</summary>
    public static PolicyDocument Everything { get; } = Allowing("*", ["*"]);

    /// <summary>The requests of an action, as a property: those that a policy with one statement allows.</summary>
    /// <param name="action">The action.</param>
    /// <param name="resources">On these.</param>
    /// <param name="key">A condition key that has a value; null for none.</param>
    /// <param name="value">The value.</param>
    public static PolicyDocument Allowing(string action, IEnumerable<string> resources, string? key = null, string? value = null)
    {
        string condition = key is null ? "" : ",\"Condition\":{\"StringEquals\":{\"" + key + "\":\"" + value + "\"}}";
        return PolicyReader.Read(new SourceText("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":[\"" + string.Join("\",\"", resources) + "\"]" + condition + "}}"));
    }

    /// <summary>
    /// The question, without what only tables say of AWS: that a key is never sent, that a resource has another form. AWS's own policies show more than the
    /// tables list, so nothing is removed and nothing is called dead on their word.
    /// </summary>
    public static Query AskOfThePolicyAlone(Question question, PolicyDocument document, PolicyType type) => Ask(question, document, type) with { Without = Tables };

    private static readonly ImmutableArray<string> Tables = ImmutableArray.Create("catalogue", "shapes");

    /// <summary>The question, about a document standing alone.</summary>
    public static Query Ask(Question question, PolicyDocument document, PolicyType type) =>
        new() { Question = question, Subject = Subject.Of(document), Type = type, TypeFrom = "query", Budget = Budget, Explain = false };

    private static string Without(CheckedPolicy policy, string text)
    {
        var whole = new HashSet<int>(policy.Statements.SelectMany(statement => statement.Resource?.Items ?? [])
            .Where(item => item.Text.Trim(UnknownText.Mark).Length == 0).Select(item => item.Element.Span.Start + 1));
        var known = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            known.Append(text[i] != UnknownText.Mark ? text[i].ToString() : whole.Contains(i) ? "*" : IsPartition(text, i) ? "aws" : Placeholder);
        }

        return known.ToString();
    }

    /// <summary>Whether the mark is the whole partition of an ARN: of what is deployed it is one that AWS has, and no request has another.</summary>
    private static bool IsPartition(string text, int mark) =>
        mark >= 4 && string.CompareOrdinal(text, mark - 4, "arn:", 0, 4) == 0 && mark + 1 < text.Length && text[mark + 1] == ':';
}
