using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Scanning;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>Lines made to pass for others whose template is known.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW","n":010}""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW","n":}""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW","n":1""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW","n":10}}""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW","n":10""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW","n":10,"action":"BLOCK"}""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW" "n":10}""")]
    [InlineData("""{"action":"ALLOW","n":10}""", """{"action":"ALLOW\","n":10}""")]
    [InlineData("""{"action":"ALLOW","n":[1,2]}""", """{"action":"ALLOW","n":[1 2]}""")]
    [InlineData("""{"n":1,"action":"ALLOW","m":2}""", """{"n":1,"action":"ALLOW","m":-}""")]
    [InlineData("""{"n":1,"action":"ALLOW","m":2}""", """{"n":00,"action":"ALLOW","m":2}""")]
    [InlineData("""{"action":"ALLOW","uri":"/"}""", """{"action":"BLOCK","uri":"/","uri":"/"}""")]
    [InlineData("""{"action":"ALLOW","uri":"/"}""", """{"action":"BLOCK","url":"/"}""")]
    [InlineData("""{"action":"ALLOW","uri":"/"}""", """{"action":"ALLOW""")]
    [InlineData("""{"action":"ALLOW","uri":"/"}""", """{"action":"ALLOW"x"y","uri":"/"}""")]
    [InlineData("""{"action":"ALLOW","uri":"","args":""}""", """{"action":"","uri":"","args":"x"}""")]
    [InlineData("""{"a":{"action":"x"},"action":"ALLOW"}""", """{"a":{"action":"x","action":"ALLOW"}}""")]
    [InlineData("""{"labels":[{"name":"a"},{"name":"b"}]}""", """{"labels":[{"name":"a","name":"b"}]}""")]
    public void A_line_that_only_looks_like_another_is_read_for_itself(string known, string line) => Read([known, known, line]);

    /// <summary>Whichever of their bytes differs.</summary>
    [Fact]
    public void Parts_longer_than_a_vector_are_compared_in_full()
    {
        string name = new('n', 100), known = $$"""{"action":"ALLOW","{{name}}":"x","a":1}""";
        for (int at = 0; at < name.Length; at++)
        {
            Read([known, known, known.Replace(name, $"{name[..at]}m{name[(at + 1)..]}", StringComparison.Ordinal)]);
        }
    }

    /// <summary>Digits whose end one look does not tell, and as many as one look does.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    public void Numbers_of_any_length_are_read(int digits) =>
        Read(["""{"action":"ALLOW","n":10}""", $$"""{"action":"ALLOW","n":{{new string('7', digits)}}}""",
            $$"""{"action":"ALLOW","n":{{new string('7', digits)}}x}"""]);

    /// <summary>A space or none after colons, by turns: a reader that takes a string for a value by what stands before it would pass over what follows
    /// it.</summary>
    [Theory]
    [InlineData("""{"a": "x", "terminatingRuleId":"z","action":"ALLOW"}""")]
    [InlineData("""{"a": "x" junk "b":"z","action":"ALLOW"}""")]
    public void What_is_a_value_in_one_layout_hides_nothing_in_another(string line)
    {
        const string Known = """{"a": "x","action":"ALLOW"}""";
        string misleading = $$"""{"{{new string('m', line.IndexOf("\":\"", StringComparison.Ordinal) - 2)}}":"x"}""";
        Read([Known, Known, misleading, line]);
    }

    /// <summary>Wherever they fall in what is looked at together.</summary>
    [Theory]
    [InlineData("\\n")]
    [InlineData("é")]
    [InlineData("\\u0041")]
    public void What_is_special_in_a_string_is_told_from_what_ends_it(string first)
    {
        string[] inside = ["", "\\\"", "\\\\", "\\\\\\\"", "\\\\\"", "\\", "\"", "\u0001", "\\x", "\\u00e", "\\u00e9", "é", "\u007f"];
        for (int length = 0; length < 70; length++)
        {
            Read(["""{"uri":"/","action":"ALLOW"}""", .. inside.Select(text =>
                $$"""{"uri":"{{first}}{{new string('x', length)}}{{text}}","action":"BLOCK"}""")]);
        }
    }

    [Fact]
    public void The_structure_of_a_line_is_learned_once()
    {
        // A text of as many bytes as a vector has, with all that can follow it.
        const string Long = "\"terminatingRuleMatchDetails__\":";
        Assert.Equal(32, Long.Length);
        string[] lines =
        [
            $"{{{Long}1}}", $"{{{Long}\"x\"}}", $"{{{Long}[{{\"location\":\"HEADER\",\"matchedData\":[\"a\",\"b\"]}}]}}", $"{{{Long}[]}}", $"{{{Long}-1.5e10}}",
                $"{{ {Long}1}}",
            """{"action":"\u0041LLOW","uri":"\\\"é"}""", """{"labels" : [ "a" , { "name" : "b" } ]}""", """{"a":{}}""", "{}", "{} ",
        ];
        RecordView view = new();
        byte[] all = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        Assert.True(all.Length < RecordView.Short);
        for (int round = 0; round < 3; round++)
        {
            // As they end a file, where there is no room behind them.
            for (int at = 0; at < all.Length; at += view.Length + 1)
            {
                view.Read(all.AsSpan(at));
                Assert.Equal(RecordStatus.NotWafRecord, view.Status);
            }

            Assert.Equal(lines.Length, view.StructuralReads);
            Assert.Equal(lines.Length, view.NewTemplates);
        }
    }

    /// <summary>They have no template, and are read all the same.</summary>
    [Fact]
    public void Lines_of_many_or_long_parts_are_read()
    {
        string values = string.Join(',', Enumerable.Range(0, 1100).Select(i => $"\"{i}\"")), words = string.Join(',', Enumerable.Repeat("true", 2000));
        Read([.. Enumerable.Repeat($$"""{"a":[{{values}}],"action":"ALLOW"}""", 3), .. Enumerable.Repeat($$"""{"a":[{{words}}],"action":"ALLOW"}""", 3)]);
    }

    /// <summary>Names are not among what lines may have differently; whoever makes them up makes records slow to read, and nothing else.</summary>
    [Fact]
    public void Lines_with_ever_new_names_are_read()
    {
        RecordView view = new();
        for (int i = 0; i < 5000; i++)
        {
            byte[] line = Encoding.UTF8.GetBytes($$"""{"a{{i % 100}}":1,"b{{i}}":"{{i}}","action":"A{{i}}","webaclId":null}""");
            view.Read(line);
            Assert.Equal($"Valid Record={Encoding.UTF8.GetString(line)} Action=A{i}", Said(line, view));
        }

        Assert.InRange(view.NewTemplates, 1000, 5000);
    }

    private static void Read(string[] lines)
    {
        // Before others, where a line stands; and alone, in a copy.
        RecordView alone = new(), before = new(), structural = new();
        foreach (string text in lines)
        {
            byte[] line = Encoding.UTF8.GetBytes(text);
            structural.ReadStructurally(line);
            alone.Read(line);
            Assert.Equal(Said(line, structural), Said(line, alone));
            before.Read((byte[])[.. line, (byte)'\n', .. new byte[RecordView.Short]]);
            Assert.Equal(Said(line, structural), Said(line, before));
        }
    }

    private static string Said(byte[] line, RecordView view) =>
        view.Status + string.Concat(view.Status is RecordStatus.Valid or RecordStatus.RepeatedMember
            ? Enumerable.Range(0, view.Entries.Count).Select(i => $" {view.Entries[i].Field}={Encoding.UTF8.GetString(view.Raw(line, view.Entries[i]))}")
            : []);
}
