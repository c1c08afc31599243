using CsCheck;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>Texts that mean something to whoever reads a log, a page or a comment.</summary>
internal static class HostileText
{
    /// <summary>Stands for a lone surrogate, which no file can hold but JSON can name.</summary>
    public const string HalfOfAPair = "\ue000";

    private static readonly string[] Pieces =
    [
        "##vso[task.setvariable variable=x]y", "##[error]", "##[", "##", "#", "[", "]", "vso[", "::stop-commands::t", "::set-output name=a::b", "::", ":", " ",
            "section_start:1:a[collapsed=true]",
        "section_end:1:a", "section_", "\r", "\n", "\r\n", "\t", "\u001b[31m", "\u001b]0;t\a", "\u009b31m", "\0", "\b", "\u007f", "\u0085", "\u00ad", "\u200b",
            "\u202e", "\u2028", "\u2029", "\u2066",
        "\ufeff", "\ufff9", HalfOfAPair, "\U000e0041", "\U0001f600", "é", "|", "`", "```", "<script>", "<!--", "-->", "]]>", "&amp;", "\"", "'", "\\", "%0A",
            "%", ",", "=", "[a](https://example.invalid)",
        "https://example.invalid", "@team", "#1", "*", "_", "~", "${x}", "{", "}", "/", "a", "B", "0",
    ];

    /// <summary>Any such text.</summary>
    public static readonly Gen<string> Any = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 8].Select(string.Concat);

    /// <summary>One that a file can be called.</summary>
    public static readonly Gen<string> FileName = Any.Select(text => string.Concat(text.Where(c => c is not ('/' or '\0' or '\\') && !char.IsSurrogate(c)))
        + "x");
}
