using System.Text;

namespace ProvableSec.Tool.Output;

/// <summary>The three streams of a command. Results go to the output, everything else to the error stream; both are UTF-8 without byte order mark.</summary>
internal sealed class CommandConsole : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private StreamWriter? outputText;

    public CommandConsole(Stream input, Stream output, TextWriter error)
    {
        Input = input;
        Output = output;
        Error = error;
    }

    /// <summary>Standard input as bytes.</summary>
    public Stream Input { get; }

    /// <summary>Standard output as bytes, for writers that do their own buffering. Flush <see cref="OutputText"/> first if both are used.</summary>
    public Stream Output { get; }

    /// <summary>Standard output as text, buffered until the command ends.</summary>
    public TextWriter OutputText => outputText ??= new StreamWriter(Output, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };

    /// <summary>Standard error: messages, progress, the summary.</summary>
    public TextWriter Error { get; }

    /// <summary>True when a person reads the output as it is written.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>True when a person reads the messages as they are written.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether results may have colours (https://no-color.org).</summary>
    public bool ColourOutput => OutputIsTerminal && ColourWanted;

    /// <summary>Whether messages may have colours.</summary>
    public bool ColourError => ErrorIsTerminal && ColourWanted;

    private static bool ColourWanted =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>The streams of this process.</summary>
    public static CommandConsole OfProcess() => new(
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(),
        new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true, NewLine = "\n" })
    {
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>Writes out what is buffered.</summary>
    public void Flush()
    {
        outputText?.Flush();
        Output.Flush();
        Error.Flush();
    }

    public void Dispose()
    {
        outputText?.Dispose();
        Error.Flush();
    }
}
