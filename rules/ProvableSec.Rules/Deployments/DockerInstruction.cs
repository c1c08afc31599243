using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Deployments;

/// <summary>An instruction of a Dockerfile (docs.docker.com, "Dockerfile reference").</summary>
/// <param name="Name">What it is, in capitals.</param>
/// <param name="Arguments">What stands behind it; lines that go on are joined by what joins them.</param>
/// <param name="At">Where its arguments begin.</param>
internal sealed record DockerInstruction(string Name, string Arguments, int At)
{
    /// <summary>A variable that ENV or ARG sets.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Value">Its value, without quotes.</param>
    /// <param name="Span">Where the value stands.</param>
    internal sealed record Variable(string Name, string Value, TextRange Span);

    /// <summary>The instructions of a file, in order.</summary>
    public static IReadOnlyList<DockerInstruction> In(string text)
    {
        var instructions = new List<DockerInstruction>();
        for (int line = 0; line < text.Length;)
        {
            int start = line, end = EndOfLine(text, line);
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            bool isComment = start < end && text[start] == '#';
            // A line that ends in a backslash goes on; comments and empty lines between do not end it.
            while (!isComment && end < text.Length && GoesOn(text, start, end))
            {
                end = EndOfLine(text, end + 1);
            }

            int name = start;
            while (name < end && char.IsLetter(text[name]))
            {
                name++;
            }

            int at = name;
            while (at < end && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (!isComment && name > start && at > name)
            {
                instructions.Add(new DockerInstruction(text.Substring(start, name - start).ToUpperInvariant(), text.Substring(at, end - at), at));
            }

            line = end + 1;
        }

        return instructions;
    }

    /// <summary>The variables that ENV or ARG sets: <c>NAME=value NAME="value"</c>, or <c>NAME value</c> of ENV.</summary>
    public IReadOnlyList<Variable> Variables()
    {
        var variables = new List<Variable>();
        if (Name is not ("ENV" or "ARG"))
        {
            return variables;
        }

        int sign = Arguments.IndexOf('='), space = Arguments.IndexOfAny([' ', '\t']);
        if (Name == "ENV" && space > 0 && (sign < 0 || space < sign))
        {
            string value = Arguments.Substring(space).Trim();
            int from = value.Length == 0 ? space : Arguments.IndexOf(value, space, StringComparison.Ordinal);
            variables.Add(new Variable(Arguments.Substring(0, space), value.Trim('"', '\''), new TextRange(At + from, value.Length)));
            return variables;
        }

        for (int i = 0; i < Arguments.Length;)
        {
            int name = i;
            while (i < Arguments.Length && Arguments[i] != '=' && !char.IsWhiteSpace(Arguments[i]))
            {
                i++;
            }

            if (i > name && i < Arguments.Length && Arguments[i] == '=')
            {
                int value = i + 1;
                for (char quote = '\0'; ++i < Arguments.Length && (quote != '\0' || !char.IsWhiteSpace(Arguments[i]));)
                {
                    quote = Arguments[i] is '"' or '\'' ? (quote == '\0' ? Arguments[i] : quote == Arguments[i] ? '\0' : quote) : quote;
                }

                variables.Add(new Variable(Arguments.Substring(name, value - 1 - name), Arguments.Substring(value, i - value).Trim('"', '\''),
                    new TextRange(At + value, i - value)));
            }
            else
            {
                i++;
            }
        }

        return variables;
    }

    private static int EndOfLine(string text, int from) => from < text.Length && text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private static bool GoesOn(string text, int start, int end)
    {
        int last = end - 1;
        while (last >= start && text[last] is '\r' or ' ' or '\t')
        {
            last--;
        }

        int line = text.LastIndexOf('\n', Math.Max(0, last)) + 1;
        while (line < last && char.IsWhiteSpace(text[line]))
        {
            line++;
        }

        return last >= start && (text[last] is '\\' or '\n' || (line > start && text[line] == '#'));
    }
}
