using System.CommandLine;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--as-of DAY</c> of commands that prove.</summary>
internal static class AsOfOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--as-of")
        {
            Description = $"No request is made before this day, YYYY-MM-DD; that of the service data ({ServiceCatalogue.Default.Date}) unless given",
            HelpName = "DAY",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var day }] && !AsOfDate.IsDay(day))
            {
                result.AddError($"--as-of must be {AsOfDate.Form}, not \"{day}\".");
            }
        });
        return option;
    }
}
