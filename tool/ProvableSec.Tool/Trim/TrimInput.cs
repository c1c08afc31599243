using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Trim;

/// <summary>One stream of records.</summary>
/// <param name="Path">Its path, or <c>-</c>.</param>
/// <param name="Relative">Where its output stands in the output folder.</param>
internal sealed record TrimInput(string Path, string Relative)
{
    /// <summary>Whether it is standard input.</summary>
    public bool IsStandardInput => Path == InputFile.StandardInputName;

    /// <summary>What it is called in messages.</summary>
    public string Name => IsStandardInput ? "standard input" : Path;
}
