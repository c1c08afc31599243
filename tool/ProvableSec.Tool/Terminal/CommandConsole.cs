using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ProvableSec.Tool.Terminal;

/// <summary>
/// The three streams of a command. Results go to the output, everything else to the error stream; both are UTF-8 without byte order mark, and what goes to them
/// is data
/// and no command to a terminal or a CI system (<see cref="LogText"/>).
/// </summary>
internal sealed class CommandConsole : IDisposable
{
    // EPIPE, the same on Linux and macOS; the runtime wraps it as if a pipe were a socket.
    private const int BrokenPipe = 32;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Stream output;
    private readonly TextWriter error;
    private LogStream? safeOutput;
    private StreamWriter? outputText;
    private bool isAbandoned;

    public CommandConsole(Stream input, Stream output, TextWriter error)
    {
        Input = input;
        this.output = output;
        this.error = error;
        Error = new LogWriter(error);
    }

    /// <summary>Standard input as bytes.</summary>
    public Stream Input { get; }

    /// <summary>Standard output as bytes, for writers that do their own buffering. Flush <see cref="OutputText"/> first if both are used.</summary>
    public Stream Output => SafeOutput;

    /// <summary>Standard output for records that go on as they are: log lines of somebody, for another program.</summary>
    public Stream Records => output;

    private LogStream SafeOutput => safeOutput ??= new LogStream(output, ColorOutput);

    /// <summary>Standard output as text, buffered until the command ends.</summary>
    public TextWriter OutputText => outputText ??= new StreamWriter(Output, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Standard error: messages, progress, the summary.</summary>
    public TextWriter Error { get; }

    /// <summary>Draws over the line at hand of a terminal that shows the messages; nothing of it may be from a file.</summary>
    public void Redraw(string line) => error.Write("\r" + line);

    /// <summary>Writes a line that a CI system obeys.</summary>
    public void WriteCommand(string line)
    {
        OutputText.Flush();
        SafeOutput.AllowCommand();
        OutputText.WriteLine(line);
        OutputText.Flush();
    }

    /// <summary>True when a person reads the output as it is written.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>True when a person reads the messages as they are written.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether results may have colors (https://no-color.org).</summary>
    public bool ColorOutput => OutputIsTerminal && ColorWanted;

    private static bool ColorWanted =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>The streams of this process.</summary>
    public static CommandConsole OfProcess() => new(
        Console.OpenStandardInput(),
        OpenOutput(),
        new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true, NewLine = "\n" })
    {
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>
    /// The console's own stream says nothing when the reader of a pipe has gone, so that <c>… | head</c> would work on for nobody.
    /// A file stream would, but keeps its own position, and two commands that share a redirected output would overwrite each other.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            try
            {
                return new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(1, ownsHandle: false));
            }
            catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
            {
                // Redirected to something else than a pipe.
            }
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>Whether writing failed because nobody reads the output any more: "… | head" has seen enough. A pipe has no other way to fail.</summary>
    public bool IsClosedPipe(Exception failure) => failure is IOException
        && (output is PipeStream || failure.InnerException is SocketException { NativeErrorCode: BrokenPipe });

    /// <summary>Writes nothing more to the output: nobody reads it any more, and that is as it should be.</summary>
    public void AbandonOutput() => isAbandoned = true;

    /// <summary>Writes out what is buffered.</summary>
    public void Flush()
    {
        if (!isAbandoned)
        {
            outputText?.Flush();
            Output.Flush();
        }

        Error.Flush();
    }

    public void Dispose()
    {
        try
        {
            outputText?.Dispose();
            safeOutput?.Flush();
        }
        catch (IOException)
        {
            // Flush has told, or nobody is there to be told.
        }

        Error.Flush();
    }
}
