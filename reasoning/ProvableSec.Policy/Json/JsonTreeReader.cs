using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>
/// Reads JSON (RFC 8259) and goes on after an error, so that one reading reports everything that is wrong.
/// Own code, because it also runs inside the compiler, where no package may be loaded, and because every value needs its place.
/// </summary>
public static class JsonTreeReader
{
    /// <summary>Objects and arrays may be nested this deep. AWS's documents need eight levels; the limit protects the stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>After this many problems the rest is counted as one: a binary file is not worth a million messages.</summary>
    public const int MaxProblems = 100;

    private const int LongestWord = 12;

    internal const string TooManyProblems = "too many problems; the rest is not listed";

    /// <summary>Reads a whole text as one JSON value. Never throws on any text.</summary>
    public static JsonTree Read(DocumentText source)
    {
        var run = new Run(source ?? throw new ArgumentNullException(nameof(source)));
        return run.Document();
    }

    private struct Run
    {
        private readonly DocumentText source;
        private readonly string text;
        private JsonNode[] nodes;
        private int count;
        private int at;
        private List<PolicyProblem>? problems;

        /// <summary>Containers around the place at hand, by kind: a closing bracket that none of them waits for is a slip of the pen.</summary>
        private int openObjects;
        private int openArrays;

        /// <summary>True when it has been said that the text ends too early.</summary>
        private bool endReported;

        public Run(DocumentText source)
        {
            this.source = source;
            text = source.Text;
            nodes = new JsonNode[Math.Max(16, Math.Min(text.Length / 8, 1 << 16))];
            count = 0;
            at = 0;
            problems = null;
        }

        public JsonTree Document()
        {
            if (text.Length > 0 && text[0] == '\uFEFF')
            {
                at = 1;
            }

            SkipSpace();
            if (at == text.Length)
            {
                Report(ProblemCode.InvalidJson, at, at, "the text is empty; expected a JSON value");
                Add(JsonKind.Invalid, at, at);
            }
            else
            {
                Value(0);
                SkipSpace();
                if (at < text.Length)
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, $"unexpected {Shown(at)} after the end of the JSON value");
                }
            }

            return new JsonTree(source, nodes, problems);
        }

        private int Add(JsonKind kind, int start, int end)
        {
            if (count == nodes.Length)
            {
                Array.Resize(ref nodes, count * 2);
            }

            nodes[count] = new JsonNode { Kind = kind, Start = start, End = end, Next = count + 1 };
            return count++;
        }

        private void Value(int depth)
        {
            char c = text[at];
            switch (c)
            {
                case '{' or '[' when depth == MaxDepth:
                    int from = at;
                    SkipBalanced();
                    Report(ProblemCode.NestedTooDeep, from, from + 1, $"objects and arrays are nested deeper than {MaxDepth} levels");
                    Add(JsonKind.Invalid, from, at);
                    break;
                case '{':
                    Object(depth);
                    break;
                case '[':
                    Array_(depth);
                    break;
                case '"' or '\'':
                    String();
                    break;
                case '-' or (>= '0' and <= '9'):
                    Number();
                    break;
                default:
                    Word();
                    break;
            }
        }

        private void Object(int depth)
        {
            int me = Add(JsonKind.Object, at, at);
            int open = at++;
            openObjects++;
            int members = 0;
            bool expectMember = false;
            while (true)
            {
                SkipSpace();
                if (at == text.Length)
                {
                    Report(ProblemCode.InvalidJson, at, at, $"the text ends inside the object that began at {source.PositionOf(open)}; expected '}}'");
                    break;
                }

                char c = text[at];
                if (c == '}')
                {
                    if (expectMember)
                    {
                        Report(ProblemCode.InvalidJson, at, at + 1, "a comma before '}' must be followed by another property");
                    }

                    at++;
                    nodes[me].IsClosed = true;
                    break;
                }

                if (c == ']')
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, $"']' where '}}' was expected for the object that began at {source.PositionOf(open)}");
                    CloseWrongly(me, openArrays > 0);
                    break;
                }

                if (c == ',')
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, "unexpected ','; expected a property name in double quotes");
                    at++;
                    continue;
                }

                if (c is not ('"' or '\''))
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, $"unexpected {Shown(at)}; expected a property name in double quotes");
                    SkipToSeparator();
                    expectMember = Comma();
                    continue;
                }

                int name = count;
                String();
                nodes[name].IsName = true;
                SkipSpace();
                if (at < text.Length && text[at] == ':')
                {
                    at++;
                }
                else
                {
                    Report(ProblemCode.InvalidJson, at, Math.Min(at + 1, text.Length), $"{Shown(at)} where ':' was expected after the property name");
                    if (at == text.Length || text[at] is ',' or '}' or ']')
                    {
                        Add(JsonKind.Invalid, at, at);
                        members++;
                        expectMember = Comma();
                        continue;
                    }
                }

                Member(depth);
                members++;
                expectMember = Separator('}');
            }

            openObjects--;
            Close(me, members);
            ReportDuplicates(me);
        }

        private void Array_(int depth)
        {
            int me = Add(JsonKind.Array, at, at);
            int open = at++;
            openArrays++;
            int members = 0;
            bool expectMember = false;
            while (true)
            {
                SkipSpace();
                if (at == text.Length)
                {
                    Report(ProblemCode.InvalidJson, at, at, $"the text ends inside the array that began at {source.PositionOf(open)}; expected ']'");
                    break;
                }

                char c = text[at];
                if (c == ']')
                {
                    if (expectMember)
                    {
                        Report(ProblemCode.InvalidJson, at, at + 1, "a comma before ']' must be followed by another value");
                    }

                    at++;
                    nodes[me].IsClosed = true;
                    break;
                }

                if (c == '}')
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, $"'}}' where ']' was expected for the array that began at {source.PositionOf(open)}");
                    CloseWrongly(me, openObjects > 0);
                    break;
                }

                if (c == ',')
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, "unexpected ','; expected a value");
                    at++;
                    continue;
                }

                Member(depth);
                members++;
                expectMember = Separator(']');
            }

            openArrays--;
            Close(me, members);
        }

        /// <summary>The wrong bracket: when something further out waits for it, this container was never closed; else it closes this one.</summary>
        private void CloseWrongly(int me, bool waitedFor)
        {
            if (!waitedFor)
            {
                at++;
                nodes[me].IsClosed = true;
            }
        }

        /// <summary>A value inside a container; where there is none, an invalid one takes its place.</summary>
        private void Member(int depth)
        {
            SkipSpace();
            if (at == text.Length || text[at] is ',' or '}' or ']' or ':')
            {
                Report(ProblemCode.InvalidJson, at, Math.Min(at + 1, text.Length), $"{Shown(at)} where a value was expected");
                while (at < text.Length && text[at] == ':')
                {
                    at++;
                    SkipSpace();
                }

                if (at == text.Length || text[at] is ',' or '}' or ']')
                {
                    Add(JsonKind.Invalid, at, at);
                    return;
                }
            }

            Value(depth + 1);
        }

        /// <summary>The comma between members; true when another member must follow.</summary>
        private bool Separator(char close)
        {
            SkipSpace();
            if (at == text.Length || text[at] is '}' or ']')
            {
                return false;
            }

            if (text[at] == ',')
            {
                at++;
                return true;
            }

            Report(ProblemCode.InvalidJson, at, at + 1, $"{Shown(at)} where ',' or '{close}' was expected");
            if (text[at] is not ('"' or '{' or '['))
            {
                SkipToSeparator();
                return Comma();
            }

            return false;
        }

        private bool Comma()
        {
            if (at < text.Length && text[at] == ',')
            {
                at++;
                return true;
            }

            return false;
        }

        private void Close(int me, int members)
        {
            nodes[me].End = at;
            nodes[me].Next = count;
            nodes[me].Count = members;
        }

        private void String()
        {
            int start = at++;
            char quote = text[start];
            bool escapes = false, closed = false;
            if (quote != '"')
            {
                Report(ProblemCode.InvalidJson, start, at, "strings are written in double quotes");
            }

            while (true)
            {
                SkipPlainCharacters(quote);
                if (at == text.Length)
                {
                    Report(ProblemCode.InvalidJson, start, at, "the string is never closed; expected '\"'");
                    endReported = true;
                    break;
                }

                char c = text[at];
                if (c == quote)
                {
                    at++;
                    closed = true;
                    break;
                }

                if (c == '\\')
                {
                    escapes = true;
                    Escape(quote);
                }
                else if (c is '\n' or '\r')
                {
                    // Most likely a forgotten quote: ending the string here keeps the next line readable.
                    Report(ProblemCode.InvalidJson, start, at, "the string is not closed on its line; expected '\"' (write \\n for a line break)");
                    break;
                }
                else
                {
                    Report(ProblemCode.InvalidJson, at, at + 1, $"the control character {Excerpt.Number(c)} must be written as an escape inside a string");
                    at++;
                }
            }

            int me = Add(JsonKind.String, start, at);
            nodes[me].HasEscapes = escapes;
            nodes[me].IsClosed = closed;
        }

        private void SkipPlainCharacters(char quote)
        {
#if NET
            if (quote == '"')
            {
                int step = text.AsSpan(at).IndexOfAny(StringStops);
                at = step < 0 ? text.Length : at + step;
                return;
            }
#endif
            while (at < text.Length && text[at] != quote && text[at] != '\\' && text[at] >= ' ')
            {
                at++;
            }
        }

#if NET
        private static readonly System.Buffers.SearchValues<char> StringStops = System.Buffers.SearchValues.Create(
            "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");
#endif

        private void Escape(char quote)
        {
            int start = at++;
            if (at == text.Length || text[at] is '\n' or '\r')
            {
                // The end of the line or text is reported as such.
                return;
            }

            char c = text[at++];
            if (c == 'u')
            {
                if (JsonEscapes.TryHex(text.AsSpan(), at, out _))
                {
                    at += 4;
                }
                else
                {
                    Report(ProblemCode.InvalidJson, start, at, "'\\u' must be followed by four hexadecimal digits");
                }
            }
            else if (c is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't') && c != quote)
            {
                string shown = c is >= ' ' and <= '~' ? c.ToString() : Excerpt.Number(c);
                Report(ProblemCode.InvalidJson, start, at, $"'\\{shown}' is not an escape that JSON knows; write '\\\\' for a backslash");
            }
        }

        private void Number()
        {
            int start = at;
            bool valid = true;
            if (text[at] == '-')
            {
                at++;
            }

            int first = at;
            int digits = Digits();
            valid &= digits > 0 && (digits == 1 || text[first] != '0');
            if (at < text.Length && text[at] == '.')
            {
                at++;
                valid &= Digits() > 0;
            }

            if (at < text.Length && text[at] is 'e' or 'E')
            {
                at++;
                if (at < text.Length && text[at] is '+' or '-')
                {
                    at++;
                }

                valid &= Digits() > 0;
            }

            if (at < text.Length && IsWordCharacter(text[at]))
            {
                valid = false;
                while (at < text.Length && IsWordCharacter(text[at]))
                {
                    at++;
                }
            }

            if (!valid)
            {
                Report(ProblemCode.InvalidJson, start, at, $"{Word(start, at)} is not a number as JSON writes it");
            }

            Add(valid ? JsonKind.Number : JsonKind.Invalid, start, at);
        }

        private int Digits()
        {
            int start = at;
            while (at < text.Length && text[at] is >= '0' and <= '9')
            {
                at++;
            }

            return at - start;
        }

        private void Word()
        {
            int start = at;
            if (!IsWordCharacter(text[at]))
            {
                Report(ProblemCode.InvalidJson, at, at + 1, $"unexpected {Shown(at)}; expected a value");
                SkipToSeparator();
                Add(JsonKind.Invalid, start, at);
                return;
            }

            while (at < text.Length && IsWordCharacter(text[at]))
            {
                at++;
            }

            JsonKind kind = text.AsSpan(start, at - start) switch
            {
                "true" => JsonKind.True,
                "false" => JsonKind.False,
                "null" => JsonKind.Null,
                _ => JsonKind.Invalid,
            };
            if (kind == JsonKind.Invalid)
            {
                Report(ProblemCode.InvalidJson, start, at, $"{Word(start, at)} is not JSON value; strings are written in double quotes");
            }

            Add(kind, start, at);
        }

        private void SkipSpace()
        {
            while (at < text.Length)
            {
                char c = text[at];
                if (c is ' ' or '\n' or '\r' or '\t')
                {
                    at++;
                }
                else if (c == '/' && at + 1 < text.Length && text[at + 1] is '/' or '*')
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
            int start = at;
            if (text[at] == '/' && text[at + 1] == '*')
            {
                int end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? text.Length : end + 2;
            }
            else
            {
                while (at < text.Length && text[at] is not ('\n' or '\r'))
                {
                    at++;
                }
            }

            Report(ProblemCode.Comment, start, at, "comments are not allowed in JSON, and AWS refuses a policy with one; remove it or move it into a Sid");
        }

        /// <summary>After an error: up to the next comma or closing bracket of this level, over strings and nested brackets.</summary>
        private void SkipToSeparator()
        {
            while (at < text.Length && text[at] is not (',' or '}' or ']'))
            {
                if (text[at] is '{' or '[')
                {
                    SkipBalanced();
                }
                else if (text[at] == '"')
                {
                    SkipString();
                }
                else
                {
                    at++;
                }
            }
        }

        private void SkipBalanced()
        {
            int open = 0;
            while (at < text.Length)
            {
                char c = text[at];
                if (c == '"')
                {
                    SkipString();
                    continue;
                }

                at++;
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
            at++;
            while (at < text.Length && text[at] is not ('"' or '\n' or '\r'))
            {
                at += text[at] == '\\' ? 2 : 1;
            }

            // A string ends on its line, closed or not, as in String().
            at = at < text.Length && text[at] == '"' ? at + 1 : Math.Min(at, text.Length);
        }

        private void ReportDuplicates(int me)
        {
            int members = nodes[me].Count;
            if (members < 2)
            {
                return;
            }

            Dictionary<string, int>? seen = null;
            int outer = me + 1;
            for (int i = 0; outer < nodes[me].Next; i++, outer = nodes[outer + 1].Next)
            {
                if (members <= 8)
                {
                    for (int inner = me + 1; inner < outer; inner = nodes[inner + 1].Next)
                    {
                        if (SameName(inner, outer))
                        {
                            ReportDuplicate(inner, outer);
                            break;
                        }
                    }

                    continue;
                }

                seen ??= new Dictionary<string, int>(members, StringComparer.Ordinal);
                string name = NameOf(outer);
                if (seen.TryGetValue(name, out int first))
                {
                    ReportDuplicate(first, outer);
                }
                else
                {
                    seen.Add(name, outer);
                }
            }
        }

        private readonly bool SameName(int a, int b)
        {
            if (nodes[a].HasEscapes || nodes[b].HasEscapes || !nodes[a].IsClosed || !nodes[b].IsClosed)
            {
                return NameOf(a) == NameOf(b);
            }

            int length = nodes[a].End - nodes[a].Start;
            return length == nodes[b].End - nodes[b].Start && string.CompareOrdinal(text, nodes[a].Start + 1, text, nodes[b].Start + 1, length - 2) == 0;
        }

        private readonly string NameOf(int name)
        {
            string raw = text.Substring(nodes[name].Start + 1, nodes[name].End - nodes[name].Start - (nodes[name].IsClosed ? 2 : 1));
            return nodes[name].HasEscapes ? JsonEscapes.Decode(raw.AsSpan()) : raw;
        }

        private void ReportDuplicate(int first, int second) => Report(
            ProblemCode.DuplicateKey,
            nodes[second].Start,
            nodes[second].End,
            $"the key {Quoted(nodes[second].Start, nodes[second].End)} is here twice; the first is at {source.PositionOf(nodes[first].Start)}");

        private readonly string Shown(int offset) => offset >= text.Length ? "the end of the text" : Excerpt.OfCharacter(text[offset]);

        /// <summary>A word that is not a string, in quotes. A longer one than people write by mistake can be anything, such as a key: the text need not be a
        /// policy.</summary>
        private readonly string Word(int start, int end) => end - start <= LongestWord ? $"'{Quoted(start, end)}'" : "this";

        private readonly string Quoted(int start, int end) => Excerpt.Of(text, start, end - start, 40);

        private static bool IsWordCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '+' or '.';

        private void Report(ProblemCode code, int start, int end, string message)
        {
            problems ??= [];
            if (problems.Count > MaxProblems)
            {
                return;
            }

            if (code == ProblemCode.InvalidJson)
            {
                // One message a place: what follows from the first helps nobody.
                if ((start == text.Length && endReported)
                    || (problems.Count > 0 && problems[problems.Count - 1] is { Code: ProblemCode.InvalidJson } last && last.Span.Start == start))
                {
                    return;
                }

                endReported |= start == text.Length;
            }

            if (problems.Count == MaxProblems)
            {
                message = TooManyProblems;
            }

            problems.Add(new PolicyProblem(code, message, TextRange.FromBounds(start, end), "", source.PositionOf(start), source.Name));
        }
    }
}
