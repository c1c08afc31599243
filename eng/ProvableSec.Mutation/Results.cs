using System.Text.Json;

namespace ProvableSec.Mutation;

/// <summary>The file of outcomes, a line of JSON each; of a mutant that was tried again with the same seed, the last line counts.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Folder, string Seed, string Mutant), Outcome> known = [];
    private readonly HashSet<(string Folder, string Mutant)> seen = [];
    private readonly string file;

    public Results(string file)
    {
        this.file = file;
        foreach (string line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            Know(JsonSerializer.Deserialize<Outcome>(line)!);
        }
    }

    /// <summary>What became of a mutant that this seed drew, if it was tried.</summary>
    public Outcome? Of(string folder, string seed, Mutant mutant) => known.GetValueOrDefault((folder, seed, mutant.Name));

    /// <summary>Whether any seed drew it.</summary>
    public bool WasTried(string folder, Mutant mutant) => seen.Contains((folder, mutant.Name));

    public void Add(Outcome outcome)
    {
        Know(outcome);
        File.AppendAllText(file, JsonSerializer.Serialize(outcome) + "\n");
    }

    /// <summary>The scores by folder and seed, and what survived.</summary>
    public IEnumerable<string> Report()
    {
        foreach (IGrouping<(string Folder, string Seed), Outcome> draw in known.Values.GroupBy(o => (o.Folder, o.Seed)))
        {
            int killed = draw.Count(o => o.Killer is not null);
            yield return $"{draw.Key.Folder}, seed {draw.Key.Seed}: {killed} of {draw.Count()} killed, {100.0 * killed / draw.Count():0} %";
            foreach (Outcome survivor in draw.Where(o => o.Killer is null).OrderBy(o => o.Mutant, StringComparer.Ordinal))
            {
                yield return "  survived " + survivor.Mutant;
            }
        }

        yield return $"{known.Values.Count(o => o.Killer is not null)} of {known.Count} killed";
    }

    private void Know(Outcome outcome)
    {
        known[(outcome.Folder, outcome.Seed, outcome.Mutant)] = outcome;
        seen.Add((outcome.Folder, outcome.Mutant));
    }
}
