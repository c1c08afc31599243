using System.Runtime;
using System.Runtime.InteropServices;

namespace ProvableSec.Bench;

/// <summary>Where the figures were taken, without which they say nothing.</summary>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime)
{
    public static Machine Describe() => new(
        ProcessorName() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}",
        $"{RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC");

    public override string ToString() => $"{Processor}, {Cores} cores, {System}, {Runtime}";

    private static string? ProcessorName()
    {
        const string Linux = "/proc/cpuinfo";
        return File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
    }
}
