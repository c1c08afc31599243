using System.CommandLine;

namespace ProvableSec.Tool.CommandLine;

/// <summary>The option <c>--allow-outside</c> of commands that read files which the command line does not name itself.</summary>
internal static class AllowOutsideOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="what">What may lead outside, as the subject of a sentence: <c>Paths in the configuration</c>.</param>
    public static Option<bool> Create(string what) => new("--allow-outside") { Description = $"{what} may lead outside the repository" };
}
