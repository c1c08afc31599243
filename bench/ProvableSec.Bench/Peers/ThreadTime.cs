using System.Runtime.InteropServices;

namespace ProvableSec.Bench.Peers;

/// <summary>Processor time of the thread that asks: what other work on the machine does not lengthen, as it does wall time.</summary>
internal static class ThreadTime
{
    private const int ThisThread = 3;

    /// <summary>Whether the system tells it. The layout below is that of 64-bit Linux.</summary>
    public static bool IsKnown => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>What the thread has spent, in microseconds; only differences mean something.</summary>
    public static double Microseconds()
    {
        long[] time = new long[2];
        _ = GetTime(ThisThread, time);
        return (time[0] * 1e6) + (time[1] / 1e3);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, [Out] long[] time);
}
