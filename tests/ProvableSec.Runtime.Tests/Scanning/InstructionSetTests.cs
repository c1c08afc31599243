using System.Diagnostics;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>The scanner has code for vectors of several widths. Each is held against the structural reader in a process that has no other.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512v2")]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Results_are_the_same_without(string instructionSet)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FastPathTests).Assembly.Location, "--filter-class", typeof(FastPathTests).FullName!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [instructionSet] = "0", ["PROVABLESEC_SOAK"] = "1500", ["PROVABLESEC_SEED"] = "20260101" },
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await error);
        Assert.Contains("succeeded: 2", output, StringComparison.Ordinal);
    }
}
