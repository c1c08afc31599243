using System.CommandLine;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--fail-on</c>.</summary>
internal static class FailOnOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--fail-on")
        {
            Description = "The lowest severity that makes the exit code 1",
            DefaultValueFactory = _ => "warning",
        };
        option.AcceptOnlyFromAmong("error", "warning", "info", "never");
        return option;
    }

    public static Severity Read(string? word) => word switch
    {
        "error" => Severity.Error,
        "info" => Severity.Info,
        "never" => Severity.Never,
        _ => Severity.Warning,
    };
}
