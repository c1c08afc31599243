using System.CommandLine;
using System.CommandLine.Parsing;

namespace ProvableSec.Tool.Outputs;

/// <summary>
/// The options <c>--format</c>, of standard output, and <c>--output FORMAT=FILE</c>, of files beside it, of a command that reports. A new format is a name
/// where the
/// command makes these, and a report where it says what each name is.
/// </summary>
internal sealed class ReportOptions
{
    private readonly IReadOnlyList<string> formats;
    private readonly Option<string?> format;
    private readonly Option<string[]> outputs;

    /// <summary>Makes the options.</summary>
    /// <param name="formats">The formats, the first one for standard output unless another is asked for.</param>
    /// <param name="unlessAsked">Which one it is, in words, where that depends on what else is asked for.</param>
    public ReportOptions(IReadOnlyList<string> formats, string? unlessAsked = null)
    {
        this.formats = formats;
        format = new Option<string?>("--format", "-f") { Description = unlessAsked is null ? "Output format" : $"Output format (default: {unlessAsked})" };
        if (unlessAsked is null)
        {
            format.DefaultValueFactory = _ => formats[0];
        }

        format.AcceptOnlyFromAmong([.. formats]);
        outputs = new Option<string[]>("--output", "-o")
        {
            Description = "Also write the result to a file, in any of the formats, such as html=report.html. May repeat",
            HelpName = "FORMAT=FILE",
        };
        outputs.Validators.Add(Validate);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(format);
        command.Options.Add(outputs);
    }

    /// <summary>Whether something is written in a format.</summary>
    public bool Uses(SymbolResult result, string name) =>
        result.GetValue(format) == name || (result.GetValue(outputs) ?? []).Any(output => Split(output).Format == name);

    /// <summary>Whether files are written.</summary>
    public bool WritesFiles(SymbolResult result) => result.GetValue(outputs) is { Length: > 0 };

    /// <summary>What a command line wants.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="unlessAsked">The format of standard output where none is named; null for the first.</param>
    public RequestedOutputs Of(ParseResult result, string? unlessAsked = null) =>
        new(result.GetValue(format) ?? unlessAsked ?? formats[0], [.. (result.GetValue(outputs) ?? []).Select(Split)]);

    private void Validate(OptionResult result)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (string output in result.Tokens.Select(token => token.Value))
        {
            (string name, string file) = Split(output);
            if (!formats.Contains(name))
            {
                result.AddError($"--output is written FORMAT=FILE, with a format among {string.Join(", ", formats)}; '{output}' is not.");
            }
            else if (file.Length == 0 || file == "-")
            {
                result.AddError($"--output {name}= needs a file; standard output has the format that --format names.");
            }
            else if (!files.Add(Path.GetFullPath(file)))
            {
                result.AddError($"--output writes {file} twice.");
            }
        }
    }

    private static (string Format, string File) Split(string output) => output.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? (output[..at], output[(at + 1)..]) : ("", output);
}
