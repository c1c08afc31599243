using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>What is asked about: one document standing alone, or a stack of policies that decide together.</summary>
public sealed class Subject
{
    private Subject(PolicyDocument? document, PolicyStack? stack, bool letsThrough = false)
    {
        Document = document;
        Stack = stack;
        LetsThrough = letsThrough;
    }

    /// <summary>The document, when the subject is one: its own allow set is meant.</summary>
    public PolicyDocument? Document { get; }

    /// <summary>The stack, when the subject is one.</summary>
    public PolicyStack? Stack { get; }

    /// <summary>
    /// True for a document that grants nothing by itself and stands beside policies that allow everything: what it does not deny is meant.
    /// </summary>
    public bool LetsThrough { get; }

    /// <summary>The document, taken by what it does not deny.</summary>
    internal Subject BesideFullAccess() => new(Document, null, letsThrough: true);

    /// <summary>Another document in place of its own, taken in the same way.</summary>
    public Subject WithDocument(PolicyDocument document) => new(document, null, LetsThrough);

    /// <summary>Its documents.</summary>
    public IEnumerable<PolicyDocument> Documents() => Document is { } alone ? [alone] : Stack!.Documents().Select(placed => placed.Document);

    /// <summary>A document standing alone.</summary>
    public static Subject Of(PolicyDocument document) => new(document, null);

    /// <summary>A stack.</summary>
    public static Subject Of(PolicyStack stack) => new(null, stack);
}
