using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>The place in a text up to which it has been read, and the ways past what is no value.</summary>
internal sealed class JsonScanner(DocumentText source, JsonProblems problems)
{
    private readonly string text = source.Text;

    /// <summary>Offset of the next character.</summary>
    public int At { get; set; }

    /// <summary>Goes over space, and over comments, which it reports.</summary>
    public void SkipSpace()
    {
        while (At < text.Length)
        {
            char c = text[At];
            if (c is ' ' or '\n' or '\r' or '\t')
            {
                At++;
            }
            else if (c == '/' && At + 1 < text.Length && text[At + 1] is '/' or '*')
            {
                Comment();
            }
            else if (c == '#')
            {
                Comment();
            }
            else
            {
                return;
            }
        }
    }

    private void Comment()
    {
        int start = At;
        if (text[At] == '/' && text[At + 1] == '*')
        {
            int end = text.IndexOf("*/", At + 2, StringComparison.Ordinal);
            At = end < 0 ? text.Length : end + 2;
        }
        else
        {
            while (At < text.Length && text[At] is not ('\n' or '\r'))
            {
                At++;
            }
        }

        problems.Report(ProblemCode.Comment, start, At, "comments are not allowed in JSON, and AWS refuses a policy with one; remove it or move it into a Sid");
    }

    /// <summary>After an error: up to the next comma or closing bracket of this level, over strings and nested brackets.</summary>
    public void SkipToSeparator()
    {
        while (At < text.Length && text[At] is not (',' or '}' or ']'))
        {
            if (text[At] is '{' or '[')
            {
                SkipBalanced();
            }
            else if (text[At] == '"')
            {
                SkipString();
            }
            else
            {
                At++;
            }
        }
    }

    /// <summary>Over an object or array, whatever is in it.</summary>
    public void SkipBalanced()
    {
        int open = 0;
        while (At < text.Length)
        {
            char c = text[At];
            if (c == '"')
            {
                SkipString();
                continue;
            }

            At++;
            if (c is '{' or '[')
            {
                open++;
            }
            else if (c is '}' or ']' && --open == 0)
            {
                return;
            }
        }
    }

    private void SkipString()
    {
        At++;
        while (At < text.Length && text[At] is not ('"' or '\n' or '\r'))
        {
            At += text[At] == '\\' ? 2 : 1;
        }

        // A string ends on its line, closed or not, as in JsonScalars.
        At = At < text.Length && text[At] == '"' ? At + 1 : Math.Min(At, text.Length);
    }

    /// <summary>Goes over a comma; true when there was one, so that a member must follow.</summary>
    public bool Comma()
    {
        if (At < text.Length && text[At] == ',')
        {
            At++;
            return true;
        }

        return false;
    }
}
