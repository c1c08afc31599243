using System.Diagnostics;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>Templates are found with vectors as wide as the machine has. Each width is held against the structural reader in a process that has no wider
/// one.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public Task Results_are_the_same_with(string setting, string value) =>
        PassesAsync(new ProcessStartInfo("dotnet", [typeof(FastPathTests).Assembly.Location]) { Environment = { [setting] = value } });

    /// <summary>Emulated, as <c>./test.sh --arm64</c> prepares it.</summary>
    [Fact]
    [Trait("Category", "Arm64")]
    public Task Results_are_the_same_on_Arm64()
    {
        string program = Environment.GetEnvironmentVariable("PROVABLESEC_ARM64")
            ?? throw new InvalidOperationException("./test.sh --arm64 says where the tests for Arm64 are");
        // The emulator does not see code that is written by way of a second mapping.
        return PassesAsync(new ProcessStartInfo("qemu-aarch64", ["-cpu", "neoverse-n1",
            program])
        { Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" } });
    }

    private static async Task PassesAsync(ProcessStartInfo start)
    {
        start.ArgumentList.Add("--filter-class");
        start.ArgumentList.Add(typeof(FastPathTests).FullName!);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["PROVABLESEC_SOAK"] = "1500";
        start.Environment["PROVABLESEC_SEED"] = "20260101";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await error);
        int tests = typeof(FastPathTests).GetMethods().Count(method => method.IsDefined(typeof(FactAttribute), inherit: true));
        Assert.Contains($"succeeded: {tests}", output, StringComparison.Ordinal);
    }
}
