using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Linq;

/// <summary>The requests that policies allow, as the source of a query.</summary>
public static class AllowedRequestsExtensions
{
    /// <summary>The requests that a stack of policies allows to the principal that has its identity policies.</summary>
    /// <exception cref="ArgumentException">One of the documents has errors, so that nothing may be concluded from it.</exception>
    public static RequestQuery AllowedRequests(this PolicyStack stack)
    {
        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents())
        {
            Refuse(document, slot.ToString(), nameof(stack));
        }

        return new RequestQuery(new Query { Question = Question.Can, Subject = Subject.Of(stack), TypeFrom = PolicyTypeOrigin.Stack });
    }

    /// <summary>The requests that a document allows standing alone.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">What it is, which decides who can ask; null to tell by its file name or content (<see cref="PolicyTypeInference"/>).</param>
    /// <exception cref="ArgumentException">The document has errors, so that nothing may be concluded from it.</exception>
    public static RequestQuery AllowedRequests(this PolicyDocument document, PolicyType? type = null)
    {
        Refuse(document, "the document", nameof(document));
        (PolicyType inferred, PolicyTypeOrigin from) = PolicyTypeInference.Infer(document);
        return new RequestQuery(
            new Query
            {
                Question = Question.Can,
                Subject = Subject.Of(document),
                Type = type ?? inferred,
                TypeFrom = type is null ? from : PolicyTypeOrigin.Query
            });
    }

    private static void Refuse(PolicyDocument? document, string name, string parameter)
    {
        if (document is { HasErrors: true })
        {
            throw new ArgumentException($"{name} has errors: {document.Problems.First(p => p.IsError)}", parameter);
        }
    }
}
