using System.CommandLine;
using System.CommandLine.Parsing;

namespace ProvableSec.Tool.Sharding;

/// <summary>The option <c>--shard I/N</c>.</summary>
internal static class ShardOption
{
    // What makes no other verdict.
    private static readonly string[] Apart = ["--shard", "--format", "--output", "--jobs", "--cache"];

    public static Option<string?> Create()
    {
        var option = new Option<string?>("--shard")
        {
            Description = "Do the I-th of N parts of the work only, and write what provablesec merge needs into the JSON result",
            HelpName = "I/N",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Shard.Parse(text) is null)
            {
                result.AddError($"--shard must be I/N, with I from 1 to N and N at most {Shard.Most}, not '{text}'.");
            }
        });
        return option;
    }

    /// <summary>The part; null for the whole.</summary>
    public static Shard? Read(string? text) => text is null ? null : Shard.Parse(text);

    /// <summary>What the command line says that may make another verdict: parts of one run have the same.</summary>
    public static IEnumerable<string> SettingsOf(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        foreach (Option option in command.Options.Where(option => !Apart.Contains(option.Name)).OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                yield return string.Join(' ', Tokens(given).Prepend(option.Name));
            }
        }

        foreach (Argument argument in command.Arguments)
        {
            if (result.GetResult(argument) is { } given)
            {
                yield return string.Join(' ', Tokens(given).Prepend(argument.Name));
            }
        }
    }

    private static IEnumerable<string> Tokens(SymbolResult result) => result.Tokens.Select(token => token.Value);
}
