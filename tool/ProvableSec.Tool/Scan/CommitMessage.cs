namespace ProvableSec.Tool.Scan;

/// <summary>A message as the hook <c>commit-msg</c> gets it.</summary>
internal static class CommitMessage
{
    private static ReadOnlySpan<byte> Scissors => " ------------------------ >8 ------------------------\n"u8;

    /// <summary>
    /// How many bytes of it git keeps: <c>git commit -v</c> shows a diff below the scissors and cuts it off, git-commit(1). The line below the scissors, which
    /// git
    /// writes as a comment as well, tells them from a line that the author wrote.
    /// </summary>
    public static int KeptLength(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf(Scissors); at > 0; at = text[(at + 1)..].IndexOf(Scissors) is >= 0 and var next ? at + 1 + next : -1)
        {
            byte comment = text[at - 1];
            ReadOnlySpan<byte> below = text[(at + Scissors.Length)..];
            if ((at == 1 || text[at - 2] == (byte)'\n') && comment > (byte)' ' && !below.IsEmpty && below[0] == comment)
            {
                return at - 1;
            }
        }

        return text.Length;
    }
}
