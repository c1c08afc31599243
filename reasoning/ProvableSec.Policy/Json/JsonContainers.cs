using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>Reads objects and arrays, and goes on after what is wrong between their members.</summary>
internal sealed class JsonContainers(DocumentText source, JsonScanner scanner, JsonScalars scalars, JsonTape tape, JsonProblems problems, IKnownObjects? known)
{
    /// <summary>Known objects are looked for so far down: what they hold must not reach the limit of nesting.</summary>
    private const int MostDepthOfKnown = 8;

    private readonly string text = source.Text;

    /// <summary>Containers around the place at hand, by kind: a closing bracket that none of them waits for is a slip of the pen.</summary>
    private int openObjects;
    private int openArrays;

    /// <summary>Reads the value that begins here.</summary>
    /// <param name="depth">The objects and arrays around it.</param>
    public void Value(int depth)
    {
        char c = text[scanner.At];
        switch (c)
        {
            case '{' or '[' when depth == JsonTreeReader.MaxDepth:
                int from = scanner.At;
                scanner.SkipBalanced();
                problems.Report(ProblemCode.NestedTooDeep, from, from + 1, $"objects and arrays are nested deeper than {JsonTreeReader.MaxDepth} levels");
                tape.Add(JsonKind.Invalid, from, scanner.At);
                break;
            case '{' when depth is > 0 and < MostDepthOfKnown && known?.Beginning(text.AsSpan(scanner.At), out int length) is { } it:
                tape.AddKnown(scanner.At, scanner.At + length, it);
                scanner.At += length;
                break;
            case '{':
                Object(depth);
                break;
            case '[':
                Array(depth);
                break;
            case '"' or '\'':
                scalars.String();
                break;
            case '-' or (>= '0' and <= '9'):
                scalars.Number();
                break;
            default:
                scalars.Word();
                break;
        }
    }

    private void Object(int depth)
    {
        int me = tape.Add(JsonKind.Object, scanner.At, scanner.At);
        int open = scanner.At++;
        openObjects++;
        int members = 0;
        bool expectMember = false;
        while (true)
        {
            scanner.SkipSpace();
            if (scanner.At == text.Length)
            {
                problems.Invalid(scanner.At, scanner.At, $"the text ends inside the object that began at {source.PositionOf(open)}; expected '}}'");
                break;
            }

            char c = text[scanner.At];
            if (c == '}')
            {
                if (expectMember)
                {
                    problems.Invalid(scanner.At, scanner.At + 1, "a comma before '}' must be followed by another property");
                }

                scanner.At++;
                tape[me].IsClosed = true;
                break;
            }

            if (c == ']')
            {
                problems.Invalid(scanner.At, scanner.At + 1, $"']' where '}}' was expected for the object that began at {source.PositionOf(open)}");
                CloseWrongly(me, openArrays > 0);
                break;
            }

            if (c == ',')
            {
                problems.Invalid(scanner.At, scanner.At + 1, "unexpected ','; expected a property name in double quotes");
                scanner.At++;
                continue;
            }

            if (c is not ('"' or '\''))
            {
                problems.Invalid(scanner.At, scanner.At + 1, $"unexpected {problems.Shown(scanner.At)}; expected a property name in double quotes");
                scanner.SkipToSeparator();
                expectMember = scanner.Comma();
                continue;
            }

            int name = tape.Count;
            scalars.String();
            tape[name].IsName = true;
            scanner.SkipSpace();
            if (scanner.At < text.Length && text[scanner.At] == ':')
            {
                scanner.At++;
            }
            else
            {
                problems.Invalid(scanner.At, Math.Min(scanner.At + 1, text.Length),
                    $"{problems.Shown(scanner.At)} where ':' was expected after the property name");
                if (scanner.At == text.Length || text[scanner.At] is ',' or '}' or ']')
                {
                    tape.Add(JsonKind.Invalid, scanner.At, scanner.At);
                    members++;
                    expectMember = scanner.Comma();
                    continue;
                }
            }

            Member(depth);
            members++;
            expectMember = Separator('}');
        }

        openObjects--;
        tape.Close(me, members, scanner.At);
        tape.ReportDuplicates(me);
    }

    private void Array(int depth)
    {
        int me = tape.Add(JsonKind.Array, scanner.At, scanner.At);
        int open = scanner.At++;
        openArrays++;
        int members = 0;
        bool expectMember = false;
        while (true)
        {
            scanner.SkipSpace();
            if (scanner.At == text.Length)
            {
                problems.Invalid(scanner.At, scanner.At, $"the text ends inside the array that began at {source.PositionOf(open)}; expected ']'");
                break;
            }

            char c = text[scanner.At];
            if (c == ']')
            {
                if (expectMember)
                {
                    problems.Invalid(scanner.At, scanner.At + 1, "a comma before ']' must be followed by another value");
                }

                scanner.At++;
                tape[me].IsClosed = true;
                break;
            }

            if (c == '}')
            {
                problems.Invalid(scanner.At, scanner.At + 1, $"'}}' where ']' was expected for the array that began at {source.PositionOf(open)}");
                CloseWrongly(me, openObjects > 0);
                break;
            }

            if (c == ',')
            {
                problems.Invalid(scanner.At, scanner.At + 1, "unexpected ','; expected a value");
                scanner.At++;
                continue;
            }

            Member(depth);
            members++;
            expectMember = Separator(']');
        }

        openArrays--;
        tape.Close(me, members, scanner.At);
    }

    /// <summary>The wrong bracket: when something further out waits for it, this container was never closed; else it closes this one.</summary>
    private void CloseWrongly(int me, bool waitedFor)
    {
        if (!waitedFor)
        {
            scanner.At++;
            tape[me].IsClosed = true;
        }
    }

    /// <summary>A value inside a container; where there is none, an invalid one takes its place.</summary>
    private void Member(int depth)
    {
        scanner.SkipSpace();
        if (scanner.At == text.Length || text[scanner.At] is ',' or '}' or ']' or ':')
        {
            problems.Invalid(scanner.At, Math.Min(scanner.At + 1, text.Length), $"{problems.Shown(scanner.At)} where a value was expected");
            while (scanner.At < text.Length && text[scanner.At] == ':')
            {
                scanner.At++;
                scanner.SkipSpace();
            }

            if (scanner.At == text.Length || text[scanner.At] is ',' or '}' or ']')
            {
                tape.Add(JsonKind.Invalid, scanner.At, scanner.At);
                return;
            }
        }

        Value(depth + 1);
    }

    /// <summary>The comma between members; true when another member must follow.</summary>
    private bool Separator(char close)
    {
        scanner.SkipSpace();
        if (scanner.At == text.Length || text[scanner.At] is '}' or ']')
        {
            return false;
        }

        if (text[scanner.At] == ',')
        {
            scanner.At++;
            return true;
        }

        problems.Invalid(scanner.At, scanner.At + 1, $"{problems.Shown(scanner.At)} where ',' or '{close}' was expected");
        if (text[scanner.At] is not ('"' or '{' or '['))
        {
            scanner.SkipToSeparator();
            return scanner.Comma();
        }

        return false;
    }
}
