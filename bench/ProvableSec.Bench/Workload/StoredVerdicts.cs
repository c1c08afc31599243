using System.Security.Cryptography;
using System.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Workload;

/// <summary>
/// The verdicts that the corpus questions had, one letter each, below a digest of the questions' names: a verdict may become decided or
/// undecided, but a proof never becomes a refutation.
/// </summary>
internal sealed class StoredVerdicts
{
    private const int Width = 120;

    private readonly string path;
    private readonly string digest;
    private readonly string letters;

    private StoredVerdicts(string path, string digest, string letters) => (this.path, this.digest, this.letters) = (path, digest, letters);

    /// <summary>Whether those that are stored belong to these questions.</summary>
    public bool AreOfTheseQuestions => letters.Length > 0;

    public static StoredVerdicts Of(IReadOnlyList<CorpusQuestion> questions)
    {
        string path = Repository.Path("bench/ProvableSec.Bench/Workload/verdicts.txt");
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', questions.Select(q => q.Name)))));
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [""];
        return new StoredVerdicts(path, digest, lines[0] == digest ? string.Concat(lines.Skip(1)) : "");
    }

    /// <summary>Whether a verdict contradicts the stored one.</summary>
    public bool Contradict(int question, Verdict verdict) => AreOfTheseQuestions && letters[question] != 'u' && verdict != Verdict.Unknown
        && letters[question] != Letter(verdict);

    public void Write(IEnumerable<Verdict> verdicts) => File.WriteAllText(path, digest + "\n"
        + string.Concat(verdicts.Select(Letter).Chunk(Width).Select(c => new string(c) + "\n")));

    private static char Letter(Verdict verdict) => verdict switch { Verdict.Holds => 'h', Verdict.Violated => 'v', _ => 'u' };
}
