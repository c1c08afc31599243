using System.Globalization;
using ProvableSec.Mutation;

// provablesec-mutation ROOT RESULTS FOLDER COUNT SEED: tries COUNT mutants of FOLDER, drawn by SEED, and appends one line of JSON for each to RESULTS.
// With "survivors" for COUNT, those that RESULTS says SEED drew and survived are tried again. "report" for FOLDER sums RESULTS up.
string root = Path.GetFullPath(args[0]), folder = args[2], count = args[3], seed = args[4];
var results = new Results(args[1]);
if (folder == "report")
{
    foreach (string line in results.Report())
    {
        Console.WriteLine(line);
    }

    return 0;
}

MutationPlan plan = MutationPlan.All.FirstOrDefault(p => p.Folder == folder)
    ?? throw new ArgumentException($"no plan for {folder}; there are:\n{string.Join('\n', MutationPlan.All.Select(p => p.Folder))}");
MutatedProject project = MutatedProject.Open(root, plan.Project);
Mutant[] drawn = [.. project.Mutants(plan.Folder)];
using var runs = new TestRuns(root, plan.Rounds);
runs.Replace(project.Assembly, project.Unchanged());
Console.WriteLine($"{plan.Folder}: {drawn.Length} mutants to draw from");
bool again = count == "survivors";
if (!again)
{
    new Random(int.Parse(seed, CultureInfo.InvariantCulture)).Shuffle(drawn);
}

RoundInUse[] rounds = [.. plan.Rounds.Select(round => RoundInUse.Prepare(runs.Of(round), round))];
int left = again ? int.MaxValue : int.Parse(count, CultureInfo.InvariantCulture), killedNow = 0, tried = 0;
foreach (Mutant mutant in drawn.TakeWhile(_ => left > 0))
{
    Outcome? before = results.Of(plan.Folder, seed, mutant);
    if (again ? before is not { Killer: null } : results.WasTried(plan.Folder, mutant))
    {
        // A mutant of another draw counts there: the tests have seen it since.
        left -= before is null || again ? 0 : 1;
        continue;
    }

    if (project.With(mutant) is not { } assembly)
    {
        continue;
    }

    runs.Replace(project.Assembly, assembly);
    string? killer = rounds.Select(round => round.FirstFailure()).FirstOrDefault(failure => failure is not null);
    left--;
    tried++;
    killedNow += killer is null ? 0 : 1;
    results.Add(new Outcome(plan.Folder, seed, mutant.Name, killer));
    Console.WriteLine($"{(killer is null ? "survived" : "killed")} {mutant.Name}{(killer is null ? "" : " by " + killer)}");
}

Console.WriteLine($"{plan.Folder}: {killedNow} of {tried} killed");
return 0;
