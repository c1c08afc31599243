using System.CommandLine;
using System.Text.RegularExpressions;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>A command or option that there is not is answered with the one that was meant, and with nothing else.</summary>
public sealed class MisspellingTests
{
    [Theory]
    [InlineData("provablesec has no command 'chek'; did you mean 'check'?", "chek", "x.json")]
    [InlineData("provablesec has no command 'verfiy'; did you mean 'verify'?", "verfiy", "--format", "json")]
    [InlineData("provablesec ask has no command 'who-cna'; did you mean 'who-can'?", "ask", "who-cna", "s3:GetObject")]
    [InlineData("provablesec certificate has no command 'verify'; expected one of check", "certificate", "verify", "x")]
    [InlineData("provablesec check has no option '--fromat'; did you mean '--format'?", "check", "--fromat", "json", "a.json")]
    [InlineData("provablesec check has no option '--fromat'; did you mean '--format'?", "check", "a.json", "--fromat=json")]
    [InlineData("provablesec verify has no option '--fromat'; did you mean '--format'?", "verify", "--fromat", "json")]
    [InlineData("provablesec verify has no option '--fail-one'; did you mean '--fail-on'?", "verify", "provablesec.json", "--fail-one", "error")]
    [InlineData("provablesec prove has no option '--polcy'; did you mean '--policy'?", "prove", "not-granted", "--polcy", "a.json", "--forbid", "s3:*")]
    [InlineData("provablesec scan has no option '--hystory'; did you mean '--history'?", "scan", "--hystory", ".")]
    [InlineData("provablesec trim has no option '--ruls'; did you mean '--rules'?", "trim", "--ruls", "r.json", "log")]
    [InlineData("provablesec simulate has no option '--formt'; did you mean '--format'?", "simulate", "-", "--formt", "text")]
    [InlineData("provablesec ask who-can has no option '--dmup'; did you mean '--dump'?", "ask", "who-can", "s3:GetObject", "--dmup", "a.json")]
    [InlineData("provablesec check has no option '--frobnicate' (write ./--frobnicate if it is a file)", "check", "--frobnicate")]
    [InlineData("provablesec has no option '--helpp'; did you mean '--help'?", "--helpp")]
    public void The_name_that_was_meant_is_suggested(string message, params string[] commandLine)
    {
        ToolRun run = ToolRun.Command(commandLine);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("provablesec: " + message, lines[0].TrimEnd('\r'));
        Assert.Equal(2, lines.Length);
    }

    public static TheoryData<string> Names()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        RootCommand root = ProvableSecCommand.Root(console);
        return [.. CommandTree.Paths().Select(path => path.Aggregate((Command)root, (command, name) => command.Subcommands.Single(child => child.Name == name)))
            .SelectMany(command =>
            HelpText.OptionsOf(command).Select(option => option.Name).Concat(HelpText.CommandsOf(command).Select(child => child.Name))
                .Select(name => $"{HelpText.PathOf(command)} {name}".Split(' ', 2)[1]))];
    }

    /// <summary>The last letter twice, and the last two exchanged: for each command, and each option of each.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_is_suggested_to_who_mistypes_it(string commandLine)
    {
        string[] line = commandLine.Split(' ');
        string name = line[^1];
        foreach (string typed in (string[])[name + name[^1], .. name.Length > 5 && name[^1] != name[^2] ? [$"{name[..^2]}{name[^1]}{name[^2]}"]
            : Array.Empty<string>()])
        {
            // What follows report belongs to another program.
            if (line is not ["report", _])
            {
                ToolRun run = ToolRun.Command([.. line[..^1], typed]);
                Assert.Equal((2, ""), (run.ExitCode, run.Output));
                string meant = Regex.Match(run.Error, $" '{typed}'; did you mean '([^']+)'\\?").Groups[1].Value;
                // Of two names that begin alike, --require and --required, either is near.
                Assert.True(meant.Length > 0 && (meant.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(meant, StringComparison.Ordinal)),
                    run.Error);
            }
        }
    }

    [Theory]
    [InlineData("--trusted-account must be the twelve digits of an account, not \"123\".", "prove", "no-public-access", "--policy", "a.json",
        "--trusted-account", "123")]
    [InlineData("--trusted-account must be the twelve digits of an account, not \"11112222333a\".", "check", "a.json", "--trusted-account", "111122223333",
        "--trusted-account", "11112222333a")]
    [InlineData("--account must be the twelve digits of an account, not \"prod\".", "prove", "can", "--policy", "a.json", "--action", "s3:GetObject",
        "--account", "prod")]
    [InlineData("--account must be the twelve digits of an account, not \"1234\".", "check", "a.json", "--format", "asff", "--account", "1234", "--region",
        "eu-west-1")]
    [InlineData("--trusted-organization must be the id of an organization, such as \"o-exampleorgid\", not \"example\".", "check", "a.json", "--trusted-organization", "example")]
    [InlineData("--trusted-organization must be the id of an organization, such as \"o-exampleorgid\", not \"r-abcd\".", "prove", "no-public-access", "--policy", "a.json", "--trusted-organization", "r-abcd")]
    [InlineData("--trusted-organization must be the id of an organization, such as \"o-exampleorgid\", not \"O-EXAMPLEORGID\".", "prove", "no-public-access", "--policy", "a.json", "--trusted-organization", "O-EXAMPLEORGID")]
    [InlineData("ACTION must be service:Name or *, not 'GetObject'.", "ask", "who-can", "GetObject", "--dump", "a.json")]
    [InlineData("ACTION must be service:Name or *, not 's3:Get Object'.", "ask", "who-can", "s3:Get Object", "--dump", "a.json")]
    public void An_identifier_of_another_form_is_exit_2_with_what_was_expected(string message, params string[] commandLine)
    {
        ToolRun run = ToolRun.Command(commandLine);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("provablesec: " + message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("GetObject")]
    [InlineData("s3:GetObject,PutObject")]
    [InlineData("s3:Get:Object")]
    [InlineData("s3:")]
    public void A_forbidden_action_without_a_service_is_exit_2(string actions)
    {
        using var folder = new TemporaryFolder();
        string policy = folder.Write("p.json", PolicyJson.Everything);
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbid", actions);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--forbid", run.Error, StringComparison.Ordinal);
    }
}
