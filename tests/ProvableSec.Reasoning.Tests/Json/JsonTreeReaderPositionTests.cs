using System.Globalization;
using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

public sealed class JsonTreeReaderPositionTests
{
    [Fact]
    public void Every_token_knows_its_place()
    {
        // Line ends CRLF, CR and LF; an escape in a name; a character of two UTF-16 units; a pointer that must be escaped.
        string text = "{\r\n  \"a\\n\\u0041\": [1,\r\"\U0001F600\", true],\n\t\"~/\":null, \"\": {\"x\": \"\U0001F600\\\"\" }}";
        Assert.Equal(
            [
                "Object 1:1 @0+66 ''",
                "name 2:3 @5+11 '/a\nA'",
                "Array 2:16 @18+15 '/a\nA'",
                "Number 2:17 @19+1 '/a\nA/0'",
                "String 3:1 @22+4 '/a\nA/1'",
                "True 3:7 @28+4 '/a\nA/2'",
                "name 4:2 @36+4 '/~0~1'",
                "Null 4:7 @41+4 '/~0~1'",
                "name 4:13 @47+2 '/'",
                "Object 4:17 @51+14 '/'",
                "name 4:18 @52+3 '//x'",
                "String 4:23 @57+6 '//x'",
            ],
            Tokens(JsonTreeReader.Read(new DocumentText(text)).Root));
    }

    [Fact]
    public void A_byte_order_mark_left_in_the_text_is_passed_over()
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText("\uFEFF{}"));
        Assert.Empty(document.Problems);
        Assert.Equal(new TextRange(1, 2), document.Root.Span);
    }

    [Fact]
    public void A_text_cut_out_of_a_file_reports_places_of_the_file()
    {
        var source = new DocumentText("{\"a\":\n@}", "x.ndjson", new LinePosition(7, 11));
        JsonTree document = JsonTreeReader.Read(source);
        Assert.Equal("x.ndjson:8:1: unexpected '@'; expected a value", document.Problems.Single().ToString());
        Assert.Equal(new LinePosition(7, 11), document.Root.Position);
    }

    [Fact]
    public void An_unclosed_name_is_not_taken_for_a_shorter_one()
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText("{\"Sidx\n:1}")).Root;
        Assert.False(root.TryGetProperty("Sid", out _));
        Assert.True(root.TryGetProperty("Sidx", out _));
    }

    [Fact]
    public void An_unclosed_string_that_ends_in_an_escaped_quote_keeps_it() =>
        Assert.Equal("a\"", JsonTreeReader.Read(new DocumentText("\"a\\\"")).Root.Text);

    /// <summary>Random trees written with random space; the writer counts lines and columns on its own.</summary>
    [Fact]
    public void Tokens_of_random_documents_are_where_they_were_written()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var writer = new PlacedWriter(RandomRun.Random(seed));
            writer.Space();
            writer.Value(0, "");
            writer.Space();
            JsonTree document = JsonTreeReader.Read(new DocumentText(writer.Text.ToString()));
            Assert.True(document.Problems.IsEmpty, $"seed {seed}");
            Assert.Equal(writer.Tokens, Tokens(document.Root));
        }
    }

    private static List<string> Tokens(JsonItem root)
    {
        var tokens = new List<string>();
        Walk(root, root.Kind.ToString());
        return tokens;

        void Walk(JsonItem element, string kind)
        {
            tokens.Add($"{kind} {element.Position} @{element.Span.Start}+{element.Span.Length} '{element.Pointer}'");
            if (kind == "name")
            {
                return;
            }

            foreach (JsonItem item in element.Elements())
            {
                Walk(item, item.Kind.ToString());
            }

            foreach (JsonMember property in element.Properties())
            {
                Walk(property.NameElement, "name");
                Walk(property.Value, property.Value.Kind.ToString());
            }
        }
    }

    private sealed class PlacedWriter(Random random)
    {
        private int line = 1;
        private int column = 1;

        public StringBuilder Text { get; } = new();

        public List<string> Tokens { get; } = [];

        public void Space()
        {
            for (int i = random.Next(3); i > 0; i--)
            {
                Write(random.Next(5) switch { 0 => " ", 1 => "\t", 2 => "\n", 3 => "\r\n", _ => "\r " });
            }
        }

        public void Value(int depth, string pointer)
        {
            switch (random.Next(depth > 4 ? 5 : 8))
            {
                case 0: Leaf("Number", random.Next(-100, 100).ToString(CultureInfo.InvariantCulture) + (random.Next(2) == 0 ? "" : ".50e-2"), pointer); break;
                case 1: Leaf("True", "true", pointer); break;
                case 2: Leaf("False", "false", pointer); break;
                case 3: Leaf("Null", "null", pointer); break;
                case 4: Leaf("String", Quoted(out _), pointer); break;
                case 5 or 6:
                    Container("Array", '[', ']', pointer, i => Value(depth + 1, $"{pointer}/{i}"));
                    break;
                default:
                    Container("Object", '{', '}', pointer, i =>
                    {
                        // The ordinal keeps names different.
                        string raw = Quoted(out string name)[..^1] + i.ToString(CultureInfo.InvariantCulture) + "\"";
                        string child = pointer + "/" + (name + i.ToString(CultureInfo.InvariantCulture)).Replace("~", "~0", StringComparison.Ordinal)
                            .Replace("/", "~1", StringComparison.Ordinal);
                        Leaf("name", raw, child);
                        Space();
                        Write(":");
                        Space();
                        Value(depth + 1, child);
                    });
                    break;
            }
        }

        private void Container(string kind, char open, char close, string pointer, Action<int> member)
        {
            int slot = Tokens.Count, start = Text.Length;
            string place = $"{line}:{column}";
            Tokens.Add("");
            Write(open.ToString());
            Space();
            int members = random.Next(4);
            for (int i = 0; i < members; i++)
            {
                if (i > 0)
                {
                    Write(",");
                    Space();
                }

                member(i);
                Space();
            }

            Write(close.ToString());
            Tokens[slot] = $"{kind} {place} @{start}+{Text.Length - start} '{pointer}'";
        }

        private void Leaf(string kind, string raw, string pointer)
        {
            Tokens.Add($"{kind} {line}:{column} @{Text.Length}+{raw.Length} '{pointer}'");
            Write(raw);
        }

        private string Quoted(out string text)
        {
            var raw = new StringBuilder("\"");
            var decoded = new StringBuilder();
            for (int i = random.Next(5); i > 0; i--)
            {
                (string written, string meant) = random.Next(7) switch
                {
                    0 => ("\\n", "\n"),
                    1 => ("\\\\", "\\"),
                    2 => ("\\u0041", "A"),
                    3 => ("\U0001F600", "\U0001F600"),
                    4 => ("/", "/"),
                    5 => ("~", "~"),
                    _ => ("x", "x"),
                };
                raw.Append(written);
                decoded.Append(meant);
            }

            text = decoded.ToString();
            return raw.Append('"').ToString();
        }

        private void Write(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                Text.Append(text[i]);
                if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                {
                    line++;
                    column = 1;
                }
                else
                {
                    column++;
                }
            }
        }
    }
}
