using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>Whatever somebody mistypes, the tool answers in an orderly way.</summary>
public sealed class ConfigurationMutationTests : IDisposable
{
    private const string Configuration = $$$"""
        {
          "version": 1, "world": "aws",
          {{{VerifyFolder.Stacks}}},
          "properties": [
            {"id": "a", "says": "A", "question": "not-granted", "stacks": ["app", "guarded"], "forbidden": "properties/roles.json", "severity": "warning", "expect": "holds"},
            {"id": "b", "question": "can", "policy": "policies/roles/app.json", "request": {"action": {"like": "s3:*"}, "context": {"aws:SourceIp": null}}, "budget": 100000},
            {"id": "c", "question": "equivalent", "policy": {"Statement": []}, "baseline": "policies/roles/app.json"}
          ]
        }
        """;

    private static readonly string[] Inserts = ["{", "}", "[", "]", "\"", ",", ":", "null", "1", "\\u0000", "\\uD800", "*", "\n", "//", "true"];

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Mutated_configurations_never_break_the_tool()
    {
        Random random = RandomRun.Random(20_261_123);
        string[] formats = ["text", "json", "ndjson", "sarif", "github", "junit", "markdown"];
        for (int i = 0; i < 400; i++)
        {
            string text = Configuration;
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int at = random.Next(text.Length), length = random.Next(0, Math.Min(12, text.Length - at));
                text = text[..at] + (random.Next(2) == 0 ? Inserts[random.Next(Inserts.Length)] : "") + text[(at + length)..];
            }

            ToolRun run = folder.VerifyText(text, "--jobs", "1", "--format", formats[i % formats.Length]);
            Assert.True(run.ExitCode is >= 0 and <= 3, $"exit {run.ExitCode} for {text}: {run.Error}");
            Assert.True(run.ExitCode != 2 || run.Error.Length > 0, text);
        }
    }
}
