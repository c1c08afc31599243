using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Workload;

/// <summary>A question about published or generated policies.</summary>
/// <param name="Kind">What it is counted under.</param>
/// <param name="Name">Which policies it is about.</param>
/// <param name="Read">Reads the texts into a query.</param>
internal sealed record CorpusQuestion(string Kind, string Name, Func<Query> Read);
