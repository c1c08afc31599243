using System.CommandLine;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--budget STEPS</c>.</summary>
internal static class BudgetOption
{
    /// <summary>Makes it.</summary>
    /// <param name="of">What the budget is for.</param>
    public static Option<long?> Create(string of)
    {
        var option = new Option<long?>("--budget")
        {
            HelpName = "STEPS",
            Description = $"Budget of engine steps {of}; the answer is the same on every machine",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() is < 1)
            {
                result.AddError("--budget must be a positive number.");
            }
        });
        return option;
    }
}
