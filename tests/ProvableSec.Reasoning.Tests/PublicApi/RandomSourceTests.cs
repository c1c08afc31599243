namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>What tests draw can be drawn again: they draw by <see cref="RandomRun"/>, which obeys PROVABLESEC_SEED, and by nothing else.</summary>
public sealed class RandomSourceTests
{
    private static readonly string[] Unseeded = ["new Random" + "(", "Random" + ".Shared", "new PCG" + "(", ".Sample" + "("];

    /// <summary>What benchmarks measure is the same on every run, so that figures can be compared.</summary>
    private const string Workloads = "ProvableSec.Tests.Shared/Workloads/";

    [Fact]
    public void Tests_draw_by_the_seed_option_only()
    {
        string tests = Repository.Path("tests");
        string[] found =
        [
            .. from file in Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
               let name = Path.GetRelativePath(tests, file).Replace('\\', '/')
               where name != "ProvableSec.Tests.Shared/RandomRun.cs" && !name.StartsWith(Workloads, StringComparison.Ordinal)
                   && !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
               from line in File.ReadLines(file)
               where Unseeded.Any(u => line.Contains(u, StringComparison.Ordinal))
               select $"{name}: {line.Trim()}",
        ];
        Assert.Empty(found);
    }

    /// <summary>A seed that a failure prints is of use in another process, and from another case on.</summary>
    [Fact]
    public void Seeds_draw_the_same_in_every_process() => Assert.Equal((672, 917),
        (RandomCases.Platform(20260101).Next(1000), RandomCases.Platform(9_400_000_000).Next(1000)));
}
