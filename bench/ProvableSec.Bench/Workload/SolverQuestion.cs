using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Workload;

/// <summary>A query and the file in which the same question is put to SMT solvers.</summary>
internal sealed record SolverQuestion(string Id, string Line, string SmtFile, Verdict Expected)
{
    /// <summary>Where the questions stand in the shared folder, one a line.</summary>
    public const string File = "bench/solver/queries.ndjson";

    public static SolverQuestion Read(string line, string folder)
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText(line)).Root;
        _ = root.TryGetProperty("id", out JsonItem id);
        _ = root.TryGetProperty("smt2", out JsonItem file);
        return new SolverQuestion(id.Text, line, Path.Combine(folder, file.Text), ReadQuery(line).Expected!.Value);
    }

    public static Query ReadQuery(string line)
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText(line));
        QueryReading reading = new QueryReader(new PolicyLoader()).Read(document.Root, document.Problems);
        return reading.Query ?? throw new InvalidDataException(reading.Problems[0].ToString());
    }
}
