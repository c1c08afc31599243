using Microsoft.CodeAnalysis.Text;

namespace ProvableSec.Mutation;

/// <summary>One change of the product that a test ought to notice.</summary>
/// <param name="File">The file, from the root of the repository.</param>
/// <param name="Kind">What kind of change.</param>
/// <param name="Change">The characters that are replaced, and with what.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Before">What stands there.</param>
internal sealed record Mutant(string File, string Kind, TextChange Change, int Line, string Before)
{
    /// <summary>The same change of the same file has the same name in every run.</summary>
    public string Name => $"{File}:{Line} {Kind}: {OneLine(Before)} → {OneLine(Change.NewText!)}";

    private static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "(nothing)" : line.Length <= 90 ? line : line[..87] + "...";
    }
}
