namespace ProvableSec.Tool.Answers;

/// <summary>What a file about a question is called.</summary>
internal static class QuestionFileName
{
    /// <summary>The question's name where that can be a file's; null where it cannot.</summary>
    public static string? Of(string? name)
    {
        bool plain = name is { Length: > 0 and <= 100 } && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return plain ? name : null;
    }
}
