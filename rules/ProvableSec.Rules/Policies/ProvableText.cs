using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies;

/// <summary>A policy as the prover reads it, for findings: a finding must hold whatever the unknown texts of a template turn out to be.</summary>
internal static class ProvableText
{
    /// <summary>
    /// Steps a question may cost: some milliseconds. What is not decided by then is not a finding; <c>provablesec prove</c> takes its time.
    /// </summary>
    public const long Budget = 300_000;

    /// <summary>
    /// The document in the reading that allows least, so that what it is shown to allow is allowed however the template turns out: an Allow that is not known
    /// in all its parts is left out, a Deny denies every resource that its unknown texts may stand for. Null when AWS would refuse it, or something else of a
    /// Deny is not known.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reading">
    /// Another one than the first to keep an Allow that is not known in all its parts, for findings about who is allowed: its resource becomes what this says;
    /// any other such text becomes one that restricts: a condition on it is one, a principal with it is not an outsider.
    /// </param>
    /// <param name="withoutOpenDenies">Whether a Deny of which something else is not known is left out, so that more may be allowed than the policy
    /// does.</param>
    /// <exception cref="CheckBudgetException">It is too long.</exception>
    public static PolicyDocument? Of(CheckedPolicy policy, UnknownResource reading = UnknownResource.One, bool withoutOpenDenies = false)
    {
        DocumentText source = policy.Root.Document.Source;
        if (PolicySize.WithoutWhiteSpace(policy) > PolicySize.MostChecked)
        {
            // All policies of somebody together may be longer than each.
            throw new CheckBudgetException();
        }

        if (!UnknownText.IsIn(source.Text))
        {
            PolicyDocument known = PolicyReader.Read(new DocumentText(source.Text));
            return known.HasErrors ? null : known;
        }

        var filled = new FilledText(policy, reading);
        if (!withoutOpenDenies && policy.Statements.Any(statement => !statement.IsAllow && filled.IsOpen(statement)))
        {
            return null;
        }

        PolicyDocument document = PolicyReader.Read(new DocumentText(filled.Text));
        return document.HasErrors ? null
            : document.Where(statement => !filled.IsOpen(policy.Statements[statement.Index])
                || (statement.Effect == Effect.Allow && reading != UnknownResource.One));
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
        return PolicyReader.Read(new DocumentText("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action
            + "\",\"Resource\":[\"" + string.Join("\",\"", resources) + "\"]" + condition + "}}"));
    }

    /// <summary>
    /// The question, without what only tables say of AWS: that a key is never sent, that a resource has another form. AWS's own policies show more than the
    /// tables list, so nothing is removed and nothing is called dead on their word.
    /// </summary>
    public static Query AskOfThePolicyAlone(Question question, PolicyDocument document, PolicyType type) =>
        Ask(question, document, type) with { Without = Tables };

    private static readonly ImmutableArray<string> Tables = ImmutableArray.Create("catalogue", "shapes");

    /// <summary>The question, about a document standing alone; a check that shows no request asks for the verdict only.</summary>
    public static Query Ask(Question question, PolicyDocument document, PolicyType type) =>
        new() { Question = question, Subject = Subject.Of(document), Type = type, TypeFrom = PolicyTypeOrigin.Query, Budget = Budget, Explain = false };
}
