using System.CommandLine;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The argument <c>FILE|-</c> of commands that read one input.</summary>
internal static class InputArgument
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    public static Argument<string> Create(string description)
    {
        var argument = new Argument<string>("FILE") { Description = description + " (- for standard input)" };
        argument.Validators.Add(result =>
        {
            // The parser takes an option it does not know for a file.
            if (result.Tokens is [{ Value: { Length: > 1 } value }] && value[0] == '-')
            {
                result.AddError($"Unrecognized option '{value}' (write ./{value} if it is a file).");
            }
        });
        return argument;
    }
}
