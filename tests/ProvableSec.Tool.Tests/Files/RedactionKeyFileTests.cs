namespace ProvableSec.Tool.Tests.Files;

/// <summary><c>trim --hmac-key</c>.</summary>
public sealed class RedactionKeyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void A_key_that_could_be_found_by_trying_is_refused(int length)
    {
        string key = folder.Write("key", Guid.NewGuid().ToString("N")[..length] + "\r\n");
        ToolRun run = Trim(key);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{key}: the key for redaction by HMAC has {length} bytes; it needs at least 16", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_key_of_16_bytes_is_taken_and_the_line_break_behind_it_is_none_of_it()
    {
        string key = Guid.NewGuid().ToString("N")[..16];
        ToolRun run = Trim(folder.Write("key", key));
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("made-up-session", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, Trim(folder.Write("key", key + "\n")).Output);
        Assert.NotEqual(run.Output, Trim(folder.Write("key", key + "x")).Output);
    }

    public void Dispose() => folder.Dispose();

    private ToolRun Trim(string key)
    {
        string rules = folder.Write("rules.json", """{"version":1,"redact":[{"field":"cookie","names":"*","by":"hmac"}]}""");
        const string Record = """{"timestamp":1,"formatVersion":1,"webaclId":"w","terminatingRuleId":"r","action":"BLOCK","httpRequest":{"headers":[{"name":"Cookie","value":"a=made-up-session"}]}}""";
        return ToolRun.Of(Record + "\n", "trim", "--rules", rules, "--hmac-key", key, "--unprocessed", folder["unprocessed"], "-");
    }
}
