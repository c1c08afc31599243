using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Workload;

/// <summary>A query and the file in which the same question is put to SMT solvers.</summary>
internal sealed record SolverQuestion(string Id, string Line, string SmtFile, Verdict Expected)
{
    public static SolverQuestion Read(string line, string folder)
    {
        JsonElement root = JsonReader.Read(new SourceText(line)).Root;
        _ = root.TryGetProperty("id", out JsonElement id);
        _ = root.TryGetProperty("smt2", out JsonElement file);
        return new SolverQuestion(id.Text, line, Path.Combine(folder, file.Text), ReadQuery(line).Expected!.Value);
    }

    public static Query ReadQuery(string line)
    {
        JsonDocument document = JsonReader.Read(new SourceText(line));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(document.Root, document.Problems);
        return reading.Query ?? throw new InvalidDataException(reading.Problems[0].ToString());
    }
}
