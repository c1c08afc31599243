using System.Diagnostics;

namespace ProvableSec.Tests;

/// <summary>What Windows does not have. Tests that use it do not run there.</summary>
public static class UnixFile
{
    public static UnixFileMode ModeOf(string file) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(file);

    public static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    public static void MakePipe(string path)
    {
        using Process made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
