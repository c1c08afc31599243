using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Answers;

/// <summary>An answer, what it took, and what others said of it.</summary>
/// <param name="Query">The question as it was asked, with what the command line says of it.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Micros">Microseconds until the engine had it.</param>
/// <param name="Opinions">The solvers asked, and their words: <c>agrees</c>, <c>disagrees</c>, <c>no-answer</c>.</param>
/// <param name="Certificate">Its certificate; null when nobody asked for one.</param>
internal readonly record struct AskedAnswer(Query Query, Answer Answer, long Micros, ImmutableArray<(string Solver, string Opinion)> Opinions,
    AnswerCertificate? Certificate);
