using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Workload;

/// <summary>A question about published or generated policies.</summary>
/// <param name="Kind">What it is counted under.</param>
/// <param name="Name">Which policies it is about.</param>
/// <param name="Ask">Makes the query of documents, which it gets by their texts.</param>
internal sealed record CorpusQuestion(string Kind, string Name, Func<Func<string, PolicyDocument>, Query> Ask)
{
    /// <summary>The query with each of its documents read anew.</summary>
    public Query Read() => Ask(ReadAnew);

    /// <summary>Reads a document.</summary>
    public static PolicyDocument ReadAnew(string text) => PolicyReader.Read(new DocumentText(text));
}
