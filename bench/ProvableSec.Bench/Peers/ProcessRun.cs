using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ProvableSec.Bench.Peers;

/// <summary>One finished run of a program.</summary>
/// <param name="Output">What it printed, as far as it was kept.</param>
/// <param name="OutputBytes">How much it printed.</param>
/// <param name="ExitCode">Its exit code; null when the time limit ended it.</param>
/// <param name="Wall">How long it took.</param>
/// <param name="Cpu">The processor time it took; null where the system does not tell.</param>
/// <param name="PeakBytes">The most memory it had at a time; null where the system does not tell.</param>
internal sealed record ProcessRun(string Output, long OutputBytes, int? ExitCode, TimeSpan Wall, TimeSpan? Cpu, long? PeakBytes)
{
    private const int KeptCharacters = 4096;

    /// <summary>Runs a program to its end or its limit. One at a time: processor time is counted over all children.</summary>
    /// <returns>Null when there is no such program here.</returns>
    public static ProcessRun? TryRun(string program, IEnumerable<string> arguments, TimeSpan limit, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        TimeSpan? before = ChildTime.Total();
        var clock = Stopwatch.StartNew();
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            Task<(string Text, long Bytes)> output = Task.Run(() => Drain(process.StandardOutput.BaseStream));
            process.StandardInput.Write(input ?? "");
            process.StandardInput.Close();
            long? peak = null;
            while (!process.WaitForExit(20))
            {
                peak = PeakOf(process.Id) ?? peak;
                if (clock.Elapsed > limit)
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit();
                    return new ProcessRun("", 0, null, clock.Elapsed, ChildTime.Total() - before, peak);
                }
            }

            TimeSpan wall = clock.Elapsed;
            (string text, long bytes) = output.Result;
            return new ProcessRun(text, bytes, process.ExitCode, wall, ChildTime.Total() - before, peak);
        }
    }

    private static (string Text, long Bytes) Drain(Stream stream)
    {
        byte[] buffer = new byte[1 << 16];
        byte[] kept = new byte[KeptCharacters];
        long bytes = 0;
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (bytes < kept.Length)
            {
                buffer.AsSpan(0, (int)Math.Min(read, kept.Length - bytes)).CopyTo(kept.AsSpan((int)bytes));
            }

            bytes += read;
        }

        return (System.Text.Encoding.UTF8.GetString(kept, 0, (int)Math.Min(bytes, kept.Length)), bytes);
    }

    /// <summary>The high-water mark that Linux keeps; it only grows, so that the last look before the end is close to all of it.</summary>
    private static long? PeakOf(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), NumberStyles.None, CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
