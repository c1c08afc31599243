using System.ComponentModel;
using System.Diagnostics;

namespace ProvableSec.Tool.Scanning;

/// <summary>Runs the <c>git</c> command, which reads every repository that there is. Nothing it prints on its error stream is shown: it could quote a file.</summary>
internal sealed class GitCommand(string folder)
{
    /// <summary>Runs git and hands over its output.</summary>
    /// <param name="input">What it reads, a line each.</param>
    /// <param name="read">Takes the output to its end.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>Whether git ran and had no complaint.</returns>
    public bool Run(IEnumerable<string> input, Action<Stream> read, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            // Both ends at once, or a full pipe on either side stops all.
            Task writing = Task.Run(() =>
            {
                try
                {
                    foreach (string line in input)
                    {
                        process.StandardInput.Write(line + "\n");
                    }

                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // It ended early; its exit code tells.
                }
            });
            read(process.StandardOutput.BaseStream);
            process.WaitForExit();
            writing.Wait();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }

    /// <summary>The output as text; null when git failed.</summary>
    public string? Text(params string[] arguments)
    {
        string text = "";
        return Run([], stream => text = new StreamReader(stream).ReadToEnd(), arguments) ? text : null;
    }
}
