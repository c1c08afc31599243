using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>Each command has a page that says what the command line does, and whose examples do what it says.</summary>
public sealed class CommandPageTests : IDisposable
{
    private readonly CommandConsole console = new(Stream.Null, Stream.Null, TextWriter.Null);

    private RootCommand Root => ProvableSecCommand.Root(console);

    public static TheoryData<string> Names()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        return [.. HelpText.CommandsOf(ProvableSecCommand.Root(console)).Select(command => command.Name)];
    }

    public void Dispose() => console.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_every_argument_and_option_of_its_command(string name)
    {
        // Those of report are another program's, whose tests hold the page against it.
        foreach (Command command in name == "report" ? [] : CommandTree.Leaves(Root.Subcommands.Single(command => command.Name == name)))
        {
            CommandTree.AssertDescribed(command);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_what_the_command_is_for_its_exit_codes_and_shows_it(string name)
    {
        string page = Page(name);
        Assert.StartsWith($"# provablesec {name}\n\n", page, StringComparison.Ordinal);
        Assert.Matches(@"\A# .*\n\n[A-Z`]", page);
        Assert.Contains("\n## Exit codes\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Examples\n", page, StringComparison.Ordinal);
        Assert.Contains($"provablesec {name}", page.Split("\n## Examples\n")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_lists_every_command_and_every_page_is_of_one()
    {
        string index = string.Concat(CommandGroups.Of([.. HelpText.CommandsOf(Root)], command => command.Name).Select(group =>
            $"| {group.Title} | |\n| --- | --- |\n{string.Concat(group.Commands.Select(command => $"| [{command.Name}]({command.Name}.md) | {command.Description} |\n"))}\n"));
        CommandPage.AssertGenerated(Path.Combine(CommandPage.Folder, "README.md"), "provablesec", index.TrimEnd('\n') + "\n");
        Assert.Equal(HelpText.CommandsOf(Root).Select(command => command.Name + ".md").Append("README.md").Order(),
            Directory.GetFiles(CommandPage.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_case_has_the_answer_beside_it()
    {
        var run = ToolRun.Of(Block("simulate", "case"), "simulate", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Block("simulate", "answer").Trim(), run.Output.Trim());
    }

    [Fact]
    public void The_query_is_answered_as_expected_and_its_witness_is_a_request_that_simulate_allows()
    {
        string query = Block("prove", "query").ReplaceLineEndings(" ");
        var proved = ToolRun.Of(query, "prove", "--batch", "-");
        Assert.Equal(0, proved.ExitCode);
        Assert.True(proved.Answers[0].GetProperty("ok").GetBoolean());
        JsonElement asked = JsonDocument.Parse(query).RootElement;
        string decided = $$"""{"identityPolicies":{{asked.GetProperty("identityPolicies").GetRawText()}},"request":{{proved.Answers[0].GetProperty("witness").GetRawText()}},"expected":"allow"}""";
        Assert.Equal(0, ToolRun.Of(decided.ReplaceLineEndings(" "), "simulate", "-").ExitCode);
    }

    private static string Page(string command) => File.ReadAllText(Path.Combine(CommandPage.Folder, command + ".md")).ReplaceLineEndings("\n");

    private static string Block(string command, string name) =>
        Regex.Match(Page(command), $"^```json {name}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
}
