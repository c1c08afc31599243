using System.Net.Sockets;
using System.Text;

namespace ProvableSec.Tool.Tests.CommandLine;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("frobnicate")]
    [InlineData("-")]
    [InlineData("--frobnicate")]
    [InlineData("--version simulate")]
    [InlineData("simulate")]
    [InlineData("simulate --frobnicate")]
    [InlineData("simulate - --frobnicate")]
    [InlineData("simulate a b")]
    [InlineData("simulate - --jobs")]
    [InlineData("simulate - --jobs many")]
    [InlineData("simulate - --jobs 0")]
    [InlineData("simulate - --jobs -3")]
    [InlineData("simulate - --format yaml")]
    [InlineData("simulate - --reading odd")]
    [InlineData("simulate - --reading")]
    [InlineData("completion")]
    [InlineData("completion cmd")]
    [InlineData("completion bash --frobnicate")]
    public void Bad_usage_is_exit_2_with_nothing_on_stdout(string commandLine)
    {
        ToolRun run = ToolRun.Command(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.StartsWith("provablesec: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_usage_error_names_the_choices_on_one_line()
    {
        ToolRun run = ToolRun.Command("simulate", "-", "--format", "yaml");
        Assert.Contains("'ndjson' 'text'", run.Error.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Version_names_the_tool_and_the_service_data()
    {
        ToolRun run = ToolRun.Command("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Lines.Length);
        Assert.Matches(@"^provablesec \d+\.\d+\.\d+", run.Lines[0]);
        Assert.Matches(@"^service data: \d{4}-\d\d-\d\d \(.+\)$", run.Lines[1]);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("--help", "provablesec simulate cases.ndjson")]
    [InlineData("-h", "provablesec simulate cases.ndjson")]
    [InlineData("simulate --help", "provablesec simulate --format text case.json")]
    [InlineData("simulate --help --frobnicate", "provablesec simulate --format text case.json")]
    [InlineData("completion --help", "eval \"$(provablesec completion bash)\"")]
    public void Help_shows_examples(string commandLine, string example)
    {
        ToolRun run = ToolRun.Command(commandLine.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  " + example + "\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _provablesec provablesec")]
    [InlineData("zsh", "compdef _provablesec provablesec")]
    [InlineData("fish", "complete -c provablesec")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public void Completion_prints_a_script(string shell, string part)
    {
        ToolRun run = ToolRun.Command("completion", shell);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(part, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("simu", "simulate")]
    [InlineData("simulate --fo", "--format")]
    [InlineData("simulate --format ", "ndjson", "text")]
    [InlineData("simulate --reading bare", "bare-ipv6-is32")]
    [InlineData("completion ba", "bash")]
    public void The_suggest_directive_completes(string begun, params string[] completions)
    {
        ToolRun run = ToolRun.Command($"[suggest:{begun.Length}]", begun);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(completions, run.Output.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_mistake_of_the_tool_is_exit_70_with_a_bundle_that_holds_no_input()
    {
        const string Secret = "SECRET-CONTENT";
        var input = new GeneratedStream(index => index == 0
            ? Encoding.UTF8.GetBytes(Secret + "\n")
            : throw new InvalidOperationException($"cannot go on after '{Secret}'"));
        ToolRun run = ToolRun.Of(input, "simulate", "-", "--jobs", "2");
        Assert.Equal(70, run.ExitCode);
        string file = run.Error.Split(' ').Single(word => word.Contains("provablesec-crash-", StringComparison.Ordinal)).TrimEnd(';');
        try
        {
            string bundle = File.ReadAllText(file);
            Assert.Contains("InvalidOperationException", bundle, StringComparison.Ordinal);
            Assert.Contains("simulate", bundle, StringComparison.Ordinal);
            Assert.Contains("--jobs", bundle, StringComparison.Ordinal);
            Assert.Contains("cannot go on after", bundle, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, bundle, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_full_disk_behind_the_output_is_no_internal_error()
    {
        var error = new StringWriter();
        int code = ProvableSecCommand.Run(
            ["simulate", "-"],
            new MemoryStream("x\n"u8.ToArray()),
            new WatchedStream(_ => throw new IOException("No space left on device")),
            error);
        Assert.Equal(2, code);
        Assert.Contains("No space left on device", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_the_run_without_a_word()
    {
        var error = new StringWriter();
        int code = ProvableSecCommand.Run(
            ["simulate", "-"],
            new GeneratedStream(_ => "x\n"u8.ToArray()),
            new WatchedStream(_ => throw new IOException("Broken pipe", new SocketException(32))),
            error);
        Assert.Equal(2, code);
        Assert.DoesNotContain("provablesec", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_begins_with_an_at_sign_is_a_name() =>
        Assert.Contains("@cases does not exist", ToolRun.Command("simulate", "@cases").Error, StringComparison.Ordinal);
}
