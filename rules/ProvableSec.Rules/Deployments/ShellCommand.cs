using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Deployments;

/// <summary>A command of a shell script.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record ShellCommand(string Text, TextRange Span)
{
    /// <summary>The commands of a script in order: what ends of lines, semicolons and ampersands separate; comments are none.</summary>
    public static IReadOnlyList<ShellCommand> In(string script)
    {
        var commands = new List<ShellCommand>();
        int start = 0;
        char quote = '\0';
        for (int i = 0; i <= script.Length; i++)
        {
            char c = i < script.Length ? script[i] : '\n';
            if (c == '\\' && i + 1 < script.Length)
            {
                i++;
            }
            else if (quote != '\0' && i < script.Length)
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '#' && (i == 0 || char.IsWhiteSpace(script[i - 1])))
            {
                Add(i);
                int end = script.IndexOf('\n', i);
                i = end < 0 ? script.Length : end;
                start = Math.Min(i + 1, script.Length);
            }
            else if (c is '\n' or ';' || (c == '&' && !IsRedirection(i)))
            {
                Add(i);
                start = i + 1;
            }
        }

        return commands;

        // Of 2>&1 and &> the ampersand separates nothing.
        bool IsRedirection(int at) => (at > 0 && script[at - 1] == '>') || (at + 1 < script.Length && script[at + 1] == '>');

        void Add(int end)
        {
            int from = start;
            while (from < end && char.IsWhiteSpace(script[from]))
            {
                from++;
            }

            while (end > from && char.IsWhiteSpace(script[end - 1]))
            {
                end--;
            }

            if (end > from)
            {
                commands.Add(new ShellCommand(script.Substring(from, end - from), TextRange.FromBounds(from, end)));
            }
        }
    }
}
