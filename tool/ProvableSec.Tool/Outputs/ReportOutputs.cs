using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Outputs;

/// <summary>Where the result of a run goes: standard output, and files beside it.</summary>
/// <param name="standard">What standard output receives.</param>
/// <param name="files">The files, each with its format.</param>
internal sealed class ReportOutputs<TResult>(IReport<TResult> standard, IReadOnlyList<(string File, IReport<TResult> Report)> files)
{
    /// <summary>Writes the result everywhere. A file that cannot be written leaves the others alone.</summary>
    /// <param name="result">What the run came to.</param>
    /// <param name="console">Takes standard output and messages.</param>
    /// <returns>The exit code that this makes of a success.</returns>
    public int Write(TResult result, CommandConsole console)
    {
        standard.Write(result, console);
        int code = ExitCodes.Success;
        foreach ((string file, IReport<TResult> report) in files)
        {
            try
            {
                OutputFile.Write(file, stream =>
                {
                    // Messages of a format are for whoever reads it on a terminal, and are said once.
                    using var to = new CommandConsole(Stream.Null, stream, TextWriter.Null);
                    report.Write(result, to);
                    to.Flush();
                });
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                console.Error.WriteLine("provablesec: " + Printable.Clean($"{file} cannot be written: {e.Message}"));
                code = ExitCodes.BadInput;
            }
        }

        return code;
    }
}
