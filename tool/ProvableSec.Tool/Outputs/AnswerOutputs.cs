using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Outputs;

/// <summary>
/// Where the answers to a stream of questions go as they come, so that no run holds all of them: standard output, and files beside it, each of which is there
/// as a
/// whole or not at all.
/// </summary>
internal sealed class AnswerOutputs : IDisposable
{
    private readonly CommandConsole console;
    private readonly IReadOnlyList<AnswerFile> files;

    /// <summary>Begins to write.</summary>
    /// <param name="requested">What is written where.</param>
    /// <param name="console">Takes standard output and messages.</param>
    public AnswerOutputs(RequestedOutputs requested, CommandConsole console)
    {
        this.console = console;
        files = [.. requested.Files.Select(file => new AnswerFile(file.File))];
        Streams = [console.Output, .. files];
        Formats = [(requested.Format, console.ColorOutput), .. requested.Files.Select(file => (file.Format, false))];
    }

    /// <summary>The outputs, that of standard output first.</summary>
    public IReadOnlyList<Stream> Streams { get; }

    /// <summary>The format of each of them, and whether it may have colors.</summary>
    public IReadOnlyList<(string Name, bool Color)> Formats { get; }

    /// <summary>Puts the files in their places. One that cannot be written leaves the others alone.</summary>
    /// <returns>The exit code that this makes of a success.</returns>
    public int Commit()
    {
        int code = ExitCodes.Success;
        foreach (string problem in files.Select(file => file.Commit()).OfType<string>())
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
            code = ExitCodes.BadInput;
        }

        return code;
    }

    public void Dispose()
    {
        foreach (AnswerFile file in files)
        {
            file.Dispose();
        }
    }
}
