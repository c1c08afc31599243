using System.CommandLine;

namespace ProvableSec.Tool.CommandLine;

/// <summary>A command whose help shows how it is used.</summary>
internal sealed class ExampleCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines, the commonest first: the root's help shows that one.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
