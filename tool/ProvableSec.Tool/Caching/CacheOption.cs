using System.CommandLine;

namespace ProvableSec.Tool.Caching;

/// <summary>The option <c>--cache DIR</c> of commands that prove or check.</summary>
internal static class CacheOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="answers">What is kept.</param>
    public static Option<string?> Create(string answers = "verdicts")
    {
        var option = new Option<string?>("--cache")
        {
            Description = answers == "verdicts"
                ? "Keep verdicts in this folder, and take those of questions that have not changed from it. Whoever can write to it can make a verdict"
                : $"Keep {answers} in this folder, and take it from there where nothing has changed. Whoever can write to it can hide a finding",
            HelpName = "DIR",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && VerdictCache.Open(folder, out string? refusal) is null)
            {
                result.AddError($"{refusal}.");
            }
        });
        return option;
    }

    /// <summary>The cache; null where none is wanted.</summary>
    public static VerdictCache? Read(string? folder) => folder is null ? null : VerdictCache.Open(folder, out _);
}
