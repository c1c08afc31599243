using ProvableSec.Logs.Filtering;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Files;

/// <summary>Reads the key for redaction by HMAC from a file.</summary>
internal static class RedactionKeyFile
{
    /// <summary>Reads a file. The line break that an editor leaves at its end is not part of the key.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="console">Where it says why there is no key.</param>
    /// <returns>Null after a message.</returns>
    public static byte[]? TryRead(string path, CommandConsole console)
    {
        byte[]? key = null;
        string? problem = InputFile.TryReadBytes(path, path, out PolicyProblem? unreadable) is { } bytes
            ? LogFilter.ProblemOf(key = bytes.AsSpan().TrimEnd("\r\n"u8).ToArray()) is { } why ? $"{path}: {why}" : null
            : ProblemText.Of(unreadable!);
        if (problem is null)
        {
            return key;
        }

        console.Error.WriteLine("provablesec: " + Printable.Clean(problem));
        return null;
    }
}
