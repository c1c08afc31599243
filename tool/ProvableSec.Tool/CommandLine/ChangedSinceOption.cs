using System.CommandLine;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--changed-since REV</c>.</summary>
internal static class ChangedSinceOption
{
    public static Option<string?> Create(string what) => new("--changed-since")
    {
        Description = $"Look only at {what} changed since this revision (since it and HEAD parted); the summary says what was not looked at",
        HelpName = "REV",
    };
}
