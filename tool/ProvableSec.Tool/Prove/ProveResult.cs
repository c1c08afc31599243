using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>The answer to a single question.</summary>
/// <param name="Asked">The question and its answer.</param>
/// <param name="Says">What it is about, in words.</param>
internal sealed record ProveResult(AskedAnswer Asked, string Says)
{
    /// <summary>The answer as reports of verdicts show it.</summary>
    public VerdictReport Report { get; } = new()
    {
        Id = Asked.Query.Id?.Trim('"') ?? QuestionNames.NameOf(Asked.Query.Question),
        Says = Says,
        Expected = Asked.Query.Expected,
        Query = Asked.Query,
        Answer = Asked.Answer,
        Micros = Asked.Micros,
        Opinions = Asked.Opinions,
        Certificate = Asked.Certificate,
    };

    /// <summary>What is to be said where a document's type is only inferred; null where it is known.</summary>
    public string? TypeNote => Asked.Query is { Subject.Document: not null, TypeFrom: PolicyTypeOrigin.Content }
        ? $"If this is {Article(Asked.Query.Type)} policy; --type says what else it is." : null;

    private static string Article(ProvableSec.Policy.Model.PolicyType type)
    {
        string name = QuestionNames.NameOf(type);
        return ("aeio".Contains(name[0], StringComparison.Ordinal) ? "an " : "a ") + name;
    }
}
