using System.Globalization;
using System.Text.Json;
using ProvableSec.Mutation;

// provablesec-mutation ROOT RESULTS FOLDER COUNT SEED: tries COUNT mutants of FOLDER, drawn by SEED, and appends one line of JSON for each to RESULTS.
// With "survivors" for COUNT, those that RESULTS says survived are tried again. "report" for FOLDER sums RESULTS up.
string root = Path.GetFullPath(args[0]), results = args[1], folder = args[2];
Dictionary<string, Outcome> known = [];
foreach (string line in File.Exists(results) ? File.ReadLines(results) : [])
{
    Outcome outcome = JsonSerializer.Deserialize<Outcome>(line)!;
    known[outcome.Folder + " " + outcome.Mutant] = outcome;
}

if (folder == "report")
{
    foreach (IGrouping<string, Outcome> of in known.Values.GroupBy(o => o.Folder))
    {
        int killed = of.Count(o => o.Killer is not null);
        Console.WriteLine($"{of.Key}: {killed} of {of.Count()} killed, {100.0 * killed / of.Count():0} %");
        foreach (Outcome survivor in of.Where(o => o.Killer is null).OrderBy(o => o.Mutant, StringComparer.Ordinal))
        {
            Console.WriteLine("  survived " + survivor.Mutant);
        }
    }

    return 0;
}

MutationPlan plan = MutationPlan.All.FirstOrDefault(p => p.Folder == folder)
    ?? throw new ArgumentException($"no plan for {folder}; there are:\n{string.Join('\n', MutationPlan.All.Select(p => p.Folder))}");
MutatedProject project = MutatedProject.Open(root, plan.Project);
Mutant[] all = [.. project.Mutants(plan.Folder)];
bool again = args[3] == "survivors";
Mutant[] drawn = [.. all];
if (!again)
{
    new Random(int.Parse(args[4], CultureInfo.InvariantCulture)).Shuffle(drawn);
}

int left = again ? int.MaxValue : int.Parse(args[3], CultureInfo.InvariantCulture), killedNow = 0, tried = 0;
Console.WriteLine($"{plan.Folder}: {all.Length} mutants to draw from");
using var runs = new TestRuns(root, plan.Rounds);
runs.Replace(project.Assembly, project.Unchanged());
var limits = new Dictionary<MutationRound, TimeSpan>();
foreach (MutationRound round in plan.Rounds)
{
    TestRun run = runs.Of(round);
    if (run.FirstFailure(round.Filter, TimeSpan.FromMinutes(20)) is { } failure)
    {
        Console.Error.WriteLine($"the tests fail without any change: {failure}");
        return 1;
    }

    limits[round] = TimeSpan.FromSeconds(10) + (3 * run.ProcessorTime);
    Console.WriteLine($"  {round.Tests} [{string.Join(' ', round.Filter)}] takes {run.ProcessorTime.TotalSeconds:0} s of processor time");
}

foreach (Mutant mutant in drawn)
{
    if (left == 0)
    {
        break;
    }

    bool isKnown = known.TryGetValue(plan.Folder + " " + mutant.Name, out Outcome? before);
    if (again ? before is not { Killer: null } : isKnown)
    {
        left -= isKnown && !again ? 1 : 0;
        continue;
    }

    if (project.With(mutant) is not { } assembly)
    {
        continue;
    }

    runs.Replace(project.Assembly, assembly);
    string? killer = null;
    foreach (MutationRound round in plan.Rounds)
    {
        killer = runs.Of(round).FirstFailure(round.Filter, limits[round]);
        if (killer is not null)
        {
            break;
        }
    }

    left--;
    tried++;
    killedNow += killer is null ? 0 : 1;
    File.AppendAllText(results, JsonSerializer.Serialize(new Outcome(plan.Folder, mutant.Name, killer)) + "\n");
    Console.WriteLine($"{(killer is null ? "survived" : "killed")} {mutant.Name}{(killer is null ? "" : " by " + killer)}");
}

Console.WriteLine($"{plan.Folder}: {killedNow} of {tried} killed");
return 0;
