using System.Text.Json;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Sharding;

/// <summary>Puts the results of all parts of a run of one command together.</summary>
internal interface IResultMerger
{
    /// <summary>The command.</summary>
    string Command { get; }

    /// <summary>The formats that it has.</summary>
    IReadOnlyList<string> Formats { get; }

    /// <summary>Reports the run as a whole.</summary>
    /// <param name="parts">The results of all parts, in order.</param>
    /// <param name="requested">What to write where.</param>
    /// <param name="console">Takes it.</param>
    /// <returns>The exit code that reporting adds to those of the parts.</returns>
    /// <exception cref="FormatException">A result is not what the command writes.</exception>
    int Merge(IReadOnlyList<JsonElement> parts, RequestedOutputs requested, CommandConsole console);
}
