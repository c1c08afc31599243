using System.CommandLine;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--jobs N</c>.</summary>
internal sealed class JobsOption : Option<int>, IDefaultInWords
{
    private const int Most = 256;

    private JobsOption()
        : base("--jobs", "-j")
    {
    }

    string IDefaultInWords.Default => "the number of processors";

    public static Option<int> Create()
    {
        var option = new JobsOption
        {
            Description = "Number of inputs processed in parallel; it does not affect the results",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int jobs) && jobs is < 1 or > Most)
            {
                result.AddError($"--jobs must be between 1 and {Most}, not {jobs}.");
            }
        });
        return option;
    }
}
