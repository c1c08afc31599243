using System.Collections.Immutable;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// What there is to know of a question without answering it: the one table for the readers of queries and configurations, the options of the command and the
/// prover. The certificate checker has its own.
/// </summary>
/// <param name="Question">The question.</param>
/// <param name="Name">Its name in the query format.</param>
/// <param name="Compares">Whether it compares with a baseline.</param>
/// <param name="Property">The member that describes requests, which it needs; null for none.</param>
/// <param name="IsOfLetThrough">Whether, of a document that allows nothing by itself, it asks what the document lets through.</param>
internal sealed record QuestionFacts(Question Question, string Name, bool Compares = false, string? Property = null, bool IsOfLetThrough = false)
{
    /// <summary>The member that describes what must not be granted, and the one that describes what must be.</summary>
    public const string Forbidden = "forbidden", Required = "required";

    /// <summary>Every question, in the order of <see cref="Questions.Question"/>.</summary>
    public static ImmutableArray<QuestionFacts> All { get; } = ImmutableArray.Create<QuestionFacts>(
    [
        new(Question.NoNewAccess, "no-new-access", Compares: true, IsOfLetThrough: true),
        new(Question.Equivalent, "equivalent", Compares: true, IsOfLetThrough: true),
        new(Question.NotGranted, "not-granted", Property: Forbidden, IsOfLetThrough: true),
        new(Question.Granted, "granted", Property: Required),
        new(Question.Can, "can"),
        new(Question.NoPublicAccess, "no-public-access"),
        new(Question.NoDeadStatement, "no-dead-statement", IsOfLetThrough: true),
    ]);

    /// <summary>The facts of a question.</summary>
    public static QuestionFacts Of(Question question) => All[(int)question];

    /// <summary>The names of the questions with some fact, as a text lists them.</summary>
    public static string NamesOf(Func<QuestionFacts, bool> fact) => string.Join(" and ", All.Where(fact).Select(facts => facts.Name));
}
