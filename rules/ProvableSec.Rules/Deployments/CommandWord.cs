namespace ProvableSec.Rules.Deployments;

/// <summary>
/// A word of a command: what white space, quotes, brackets, commas and equals signs separate, so that the words of <c>["configure", "-a"]</c> are found, too.
/// </summary>
/// <param name="Text">The word.</param>
/// <param name="Start">Where it begins in the command.</param>
/// <param name="BeginsLine">Whether an end of a line that is not continued stands before it: text in quotes may have several lines.</param>
internal readonly record struct CommandWord(string Text, int Start, bool BeginsLine)
{
    /// <summary>The name of the program that the word calls: without its folder.</summary>
    public string Program => Text.Substring(Text.LastIndexOf('/') + 1);

    /// <summary>The words of a command in order.</summary>
    public static IReadOnlyList<CommandWord> In(string command)
    {
        var words = new List<CommandWord>();
        bool beginsLine = false;
        for (int i = 0; i < command.Length; i++)
        {
            if (command[i] == '\n')
            {
                beginsLine |= i == 0 || command[i - 1] != '\\';
            }
            else if (!IsBetween(command[i]))
            {
                int start = i;
                while (i + 1 < command.Length && !IsBetween(command[i + 1]))
                {
                    i++;
                }

                words.Add(new CommandWord(command.Substring(start, i + 1 - start), start, beginsLine));
                beginsLine = false;
            }
        }

        return words;
    }

    private static bool IsBetween(char c) => char.IsWhiteSpace(c) || c is '"' or '\'' or '[' or ']' or ',' or '=';
}
