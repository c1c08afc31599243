using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>What is asked about: one document standing alone, or a stack of policies that decide together.</summary>
public sealed class Subject
{
    private Subject(PolicyDocument? document, PolicyStack? stack)
    {
        Document = document;
        Stack = stack;
    }

    /// <summary>The document, when the subject is one: its own allow set is meant.</summary>
    public PolicyDocument? Document { get; }

    /// <summary>The stack, when the subject is one.</summary>
    public PolicyStack? Stack { get; }

    /// <summary>Its documents.</summary>
    public IEnumerable<PolicyDocument> Documents() => Document is { } alone ? [alone] : Stack!.Documents().Select(placed => placed.Document);

    /// <summary>A document standing alone.</summary>
    public static Subject Of(PolicyDocument document) => new(document, null);

    /// <summary>A stack.</summary>
    public static Subject Of(PolicyStack stack) => new(null, stack);
}
