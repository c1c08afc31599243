using System.Buffers;
using System.Text;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Simulate;

namespace ProvableSec.Tool.Tests.Simulate;

/// <summary>A line whose stack was met before is answered from its other members alone: as it is answered where nothing was met.</summary>
public sealed class RecurringStackTests
{
    private const int Before = 5;
    private const string Allow = """{"Version":"2012-10-17","Statement":{"Sid":"Rëad","Effect":"Allow","Action":"s3:*","Resource":"*"}}""";
    private const string Plain = """
        "principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"
        """;

    private const string Request = $$"""
        "request":{{{Plain}}}
        """;

    private const string Stack = $$$"""
        "identityPolicies":[{{{Allow}}}],"serviceControlPolicies":[[{{{Allow}}}]],"organization":{"id":"o-a1b2c3d4e5","accounts":{"111122223333":"o-a1b2c3d4e5/r-ab12/"}},
        """;

    private const string Deny = """{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}""";

    public static TheoryData<string> Lines =>
    [
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}}}""",
        $$$$"""{ "id" : "ü" , {{{{Stack}}}}{{{{Request}}}} }""",
        $$$$"""{{{{{Stack}}}}{{{{Request}}}},"id":"behind","expected":"deny"}""",
        $$$$"""{"id":7,{{{{Stack}}}}{{{{Request}}}}}""",
        $$$$"""{"id":"\"identityPolicies\":[],",{{{{Stack}}}}{{{{Request}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}},"identityPolicies":[]}""",
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}},"resourcePolicy":{{{{Deny}}}}}""",
        $$$$"""{"id":"1","permissionsBoundary":{{{{Deny}}}},{{{{Stack}}}}{{{{Request}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}},"comment":"none"}""",
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}},"id":"2"}""",
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}},{{{{Request}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"request":{{{{{Plain}}}},"context":{"request":"x","aws:SourceIp":null}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"request":{{{{{Plain}}}},"supposed":{"resourcePolicy":{{{{Deny}}}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"request":{"action":"s3:*","principal":"x"}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"request":{{{{{Plain}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"request":7}""",
        $$$$"""{"id":"1",{{{{Stack}}}}{{{{Request}}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}},{{{{Request}}}}}""",
        $$$$"""{"id":"1"{{{{Stack}}}}{{{{Request}}}}}""",
        $$$$"""{"id":"1 {{{{Stack}}}}{{{{Request}}}}}""",
        $$$$"""{"id":{{{{{Stack}}}}{{{{Request}}}}}}""",
        $$$$"""{"id":"1","request":{{{{{Stack}}}}{{{{Plain}}}},"request":1}}""",
        $$$$"""{"id":"1","request":{{{{{Plain}}}},"context":{{{{{Stack}}}}{{{{Request}}}}}}}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"request"}""",
        $$$$"""{"id":"1",{{{{Stack}}}}"expected":"allow",{{{{Request}}}}}""",
        $$$$"""{"id":"1",/* no */{{{{Stack}}}}{{{{Request}}}}}""",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Answer_is_that_of_a_line_alone(string line)
    {
        string ordinary = $$$$"""{"id":"0",{{{{Stack}}}}{{{{Request}}}}}""";
        string supposing = $$$$"""{"id":"0",{{{{Stack}}}}"request":{{{{{Plain}}}},"supposed":{"resourcePolicy":{{{{Deny}}}}}}}""";
        ToolRun alone = Run($$"""{"id":"0",{{Request}}}""", line);
        Assert.Equal((alone.Lines[^1], Told(alone)), After(ordinary));

        // What a request supposes is not of the stack.
        Assert.Equal((alone.Lines[^1], Told(alone)), After(supposing));

        // And what is met first is not kept if anything of it is another's.
        Assert.Equal((alone.Lines[^1], Told(alone)), After(line));

        (string Answer, string Told) After(string before)
        {
            ToolRun run = Run(before, line);
            return (run.Lines[^1], Told(run));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_of_the_whole_line()
    {
        byte[] ordinary = Encoding.UTF8.GetBytes($$$$"""{"id":"0",{{{{Stack}}}}{{{{Request}}}}}""" + "\n");
        byte[] broken = [.. "{\"id\":\""u8, 0xFF, .. ordinary.AsSpan(8)];
        ToolRun run = ToolRun.Of([.. ordinary, .. ordinary, .. ordinary, .. broken], "simulate", "-", "--jobs", "1");
        Assert.Contains("-:4:8: byte 7 of the line (0xFF) is not valid UTF-8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_is_known_at_the_third_time()
    {
        SimulateAnswerer answerer = Answerer(null);
        byte[] line = Encoding.UTF8.GetBytes($$$$"""{"id":"0",{{{{Stack}}}}{{{{Request}}}}}""");
        Assert.Equal([false, false, true, true], Enumerable.Range(0, 4).Select(_ => IsKnown(answerer, line)));
        Assert.Equal(4, answerer.Tally.Allowed);
    }

    [Fact]
    public void Policy_of_a_file_is_asked_for_each_time()
    {
        SimulateAnswerer answerer = Answerer(new Once());
        byte[] line = Encoding.UTF8.GetBytes($$$$"""{"id":"0","identityPolicies":["p.json"],{{{{Request}}}}}""");
        Assert.All(Enumerable.Range(0, 4), _ => Assert.False(IsKnown(answerer, line)));
        Assert.Equal((1, 3), (answerer.Tally.Allowed, answerer.Tally.Errors));
    }

    private static SimulateAnswerer Answerer(IPolicySource? source) =>
        new(new CaseReader(new PolicyLoader(source, new PolicyCache())), new StackCache(), Reading.None, [new JsonAnswerFormat()]);

    private static bool IsKnown(SimulateAnswerer answerer, byte[] line)
    {
        ArrayBufferWriter<byte>[] answers = [new()];
        if (answerer.TryAnswer(line, answers))
        {
            return true;
        }

        answerer.Answer(new DocumentText(Encoding.UTF8.GetString(line)), 1, answers, TextWriter.Null);
        return false;
    }

    private static ToolRun Run(string before, string line) =>
        ToolRun.Of(string.Concat(Enumerable.Repeat(before + "\n", Before)) + line, "simulate", "-", "--jobs", "1");

    private static string Told(ToolRun run) =>
        string.Join('\n', run.Error.Split('\n').Where(told => told.StartsWith($"-:{Before + 1}:", StringComparison.Ordinal)));

    /// <summary>A file that is gone after it was read.</summary>
    private sealed class Once : IPolicySource
    {
        private PolicyDocument? document = PolicyReader.Read(new DocumentText(Allow));

        public PolicyDocument? Load(string path, out PolicyProblem? problem)
        {
            problem = null;
            (PolicyDocument? found, document) = (document, null);
            return found;
        }
    }
}
