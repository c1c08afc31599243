using System.CommandLine;
using System.CommandLine.Parsing;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.CommandLine;

/// <summary>A command or option that there is not on a command line, and the one that was probably meant.</summary>
internal static class Misspelling
{
    /// <summary>The first one in a sentence; null when the command line is wrong in another way.</summary>
    public static string? In(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (!command.TreatUnmatchedTokensAsErrors)
        {
            return null;
        }

        string[] options = [.. HelpText.OptionsOf(command).SelectMany(option => option.Aliases.Append(option.Name))];

        // An argument takes an option that nobody knows for its value.
        foreach (string token in parsed.UnmatchedTokens.Concat(parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens)
            .Select(taken => taken.Value)))
        {
            if (token is ['-', _, ..])
            {
                string name = token.Split('=', ':')[0];
                if (!options.Contains(name))
                {
                    return $"{HelpText.PathOf(command)} has no option '{name}'"
                        + $"{Meant(name, options) ?? (command.Arguments.Count > 0 ? $" (write ./{name} if it is a file)" : "")}";
                }
            }
            else if (command.Subcommands.Count > 0)
            {
                return $"{HelpText.PathOf(command)} has no command '{token}'{Meant(token, command.Subcommands.Select(child => child.Name))
                    ?? $"; expected one of {string.Join(", ", command.Subcommands.Select(child => child.Name))}"}";
            }
        }

        return null;
    }

    private static string? Meant(string word, IEnumerable<string> known) => Spelling.Nearest(word, known) is { } meant ? $"; did you mean '{meant}'?" : null;
}
