using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Tests;

/// <summary>
/// Runs a command line and keeps what it wrote: in this process, or with the program that <see cref="ToolProcess.Program"/> names. What needs a stream or a
/// terminal of the
/// test's own stays in this process.
/// </summary>
internal sealed class ToolRun
{
    private ToolRun(int exitCode, byte[] output, string error)
    {
        Fresh.AssertHidden(Encoding.Latin1.GetString(output));
        Fresh.AssertHidden(error);
        ExitCode = exitCode;
        OutputBytes = output;
        Error = error;
    }

    public int ExitCode { get; }

    public byte[] OutputBytes { get; }

    public string Output => new UTF8Encoding(false, true).GetString(OutputBytes);

    public string Error { get; }

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement[] Answers => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    public static ToolRun Command(params string[] args) => Of("", args);

    public static ToolRun Of(string input, params string[] args) => Of(Encoding.UTF8.GetBytes(input), args);

    public static ToolRun Of(byte[] input, params string[] args) => ToolProcess.Program is { } program ? Of(program, input, args)
        : Of(new MemoryStream(input), args);

    public static ToolRun Of(Stream input, params string[] args)
    {
        var output = new MemoryStream();
        var error = new StringWriter();
        int code = ProvableSecCommand.Run(args, input, output, error);
        return new ToolRun(code, output.ToArray(), error.ToString());
    }

    private static ToolRun Of(string program, byte[] input, string[] args)
    {
        var output = new MemoryStream();
        (int code, string error) = ToolProcess.Run(new ProcessStartInfo(program, args), input, output);
        return new ToolRun(code, output.ToArray(), error);
    }

    /// <summary>As <see cref="Of(string, string[])"/>, before a terminal.</summary>
    public static ToolRun OnTerminal(string input, params string[] args)
    {
        var output = new MemoryStream();
        var error = new StringWriter();
        using var console = new CommandConsole(new MemoryStream(Encoding.UTF8.GetBytes(input)), output,
            error)
        { OutputIsTerminal = true, ErrorIsTerminal = true };
        int code = ProvableSecCommand.Run(args, console);
        return new ToolRun(code, output.ToArray(), error.ToString());
    }

    /// <summary>Asserts that no half of some secrets is in what was written.</summary>
    public void AssertHides(params string[] secrets) => Assert.All(secrets, secret =>
    {
        Assert.DoesNotContain(secret[..8], Output + Error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[^8..], Output + Error, StringComparison.Ordinal);
    });
}
