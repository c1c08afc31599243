using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Rendering;

/// <summary>One way to report what a run of a command came to: a format of its <c>--format</c>.</summary>
/// <typeparam name="TResult">What the run comes to.</typeparam>
internal interface IReport<in TResult>
{
    /// <summary>Writes to standard output what the run found; a format without room for a summary puts it on the error stream.</summary>
    /// <param name="result">What the run came to.</param>
    /// <param name="console">Where to.</param>
    void Write(TResult result, CommandConsole console);
}
