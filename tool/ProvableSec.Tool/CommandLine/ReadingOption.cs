using System.CommandLine;
using ProvableSec.Policy;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--reading NAME</c>, which may repeat.</summary>
internal static class ReadingOption
{
    public static Option<Reading> Create()
    {
        var option = new Option<Reading>("--reading", "--readings")
        {
            Description =
                "A point on which AWS's documentation is ambiguous, to be read the less likely way; \"default\" reads all points the likely way. May repeat",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = false,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                Reading readings = Reading.None;
                foreach (string name in result.Tokens.SelectMany(token => token.Value.Split(',')))
                {
                    if (ReadingNames.TryParse(name, out Reading reading))
                    {
                        readings |= reading;
                    }
                    else
                    {
                        result.AddError($"There is no reading '{name}'; expected default or one of {string.Join(", ", ReadingNames.All)}.");
                    }
                }

                return readings;
            },
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(["default", .. ReadingNames.All]);
        return option;
    }
}
