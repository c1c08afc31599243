using System.Runtime.InteropServices;

namespace ProvableSec.Bench.Peers;

/// <summary>Processor time of all children that have ended. .NET forgets it with the process, the kernel does not.</summary>
internal static class ChildTime
{
    private const int Children = -1;

    /// <summary>User and system time together; null where the system does not tell.</summary>
    public static TimeSpan? Total()
    {
        // The layout below is that of 64-bit Linux.
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        long[] usage = new long[18];
        return GetUsage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : null;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
