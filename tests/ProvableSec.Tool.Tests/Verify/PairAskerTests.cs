using ProvableSec.Policy.Text;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;
using ProvableSec.Tool.Verify;

namespace ProvableSec.Tool.Tests.Verify;

/// <summary>An error of ours in one pair hides no other.</summary>
public sealed class PairAskerTests : IDisposable
{
    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_crash_is_said_with_its_pair_and_all_others_are_answered()
    {
        string text = $$"""
            {"version": 1, {{VerifyFolder.Stacks}}, "properties": [
              {"id": "first", "question": "not-granted", "stacks": ["app", "guarded"], "forbidden": "properties/stop.json"},
              {"id": "second", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}]}
            """;
        Configuration configuration = ConfigurationReader.Read(new DocumentText(text, folder["provablesec.json"]), allowOutside: false);
        Assert.Empty(configuration.Problems);
        using var console = new CommandConsole(new MemoryStream(), new MemoryStream(), new StringWriter());
        using var progress = new Progress(console, "questions");
        var asker = new PairAsker((query, name) => name == "first" && query.Subject.Stack!.ServiceControlPolicies is not null
            ? throw new InvalidOperationException("planted") : new AnswerLimits().Ask(query, name), false, 2, progress);
        PairAnswer[][] answers = asker.Ask(configuration.Properties);
        VerdictReport[] reports =
            [.. configuration.Properties.Zip(answers, (property, own) => new PropertyVerifier(property, own, new DateTime(2026, 12, 1)).Report())];
        Assert.Equal("violated", reports[0].Word);
        Assert.Equal("app", reports[0].Stack);
        Assert.Contains("internal error (InvalidOperationException) with the stack guarded; this is a bug in provablesec",
            Assert.Single(reports[0].Problems).Message, StringComparison.Ordinal);
        Assert.Equal("holds", reports[1].Word);
    }
}
