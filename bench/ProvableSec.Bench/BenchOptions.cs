using System.Globalization;
using ProvableSec.Bench.Parts;
using ProvableSec.Bench.Workload;

namespace ProvableSec.Bench;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Part">The name of a part, or <c>all</c>.</param>
/// <param name="Shared">The folder of the data.</param>
/// <param name="AsJson">True for one JSON document instead of the table.</param>
/// <param name="Megabytes">The size of the input for <c>simulate</c> and <c>trim</c>.</param>
/// <param name="Tree">The source files for <c>scan</c> and <c>analyzers</c>.</param>
/// <param name="Record">True to store the verdicts of <c>prover</c> instead of checking them.</param>
/// <param name="Charts">The folder for the picture of <c>growth</c>; null to draw none.</param>
internal sealed record BenchOptions(string Part, SharedFolder Shared, bool AsJson, int Megabytes, SourceTree Tree, bool Record, string? Charts)
{
    public static BenchOptions? TryParse(string[] args, out string? usage)
    {
        usage = $"usage: ProvableSec.Bench [{string.Join('|', BenchParts.All.Select(part => part.Name))}|all] [--shared DIR] [--json] [--megabytes N] [--tree DIR] [--record] [--charts DIR]";
        var options = new BenchOptions("all", SharedFolder.BesideRepository, false, 200, new SourceTree(Repository.Path("")), false, null);
        for (int i = 0; i < args.Length; i++)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--json":
                    options = options with { AsJson = true };
                    break;
                case "--record":
                    options = options with { Record = true };
                    break;
                case "--shared" when value is not null:
                    options = options with { Shared = new SharedFolder(value) };
                    i++;
                    break;
                case "--megabytes" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int megabytes) && megabytes > 0:
                    options = options with { Megabytes = megabytes };
                    i++;
                    break;
                case "--tree" when value is not null && Directory.Exists(value):
                    options = options with { Tree = new SourceTree(Path.GetFullPath(value)) };
                    i++;
                    break;
                case "--charts" when value is not null:
                    options = options with { Charts = value };
                    i++;
                    break;
                case string name when i == 0 && (name == "all" || BenchParts.All.Any(part => part.Name == name)):
                    options = options with { Part = name };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
