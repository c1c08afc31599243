using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Deployments;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Check;

/// <summary>A file that is checked.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What findings call it.</param>
/// <param name="IsNamed">Whether the command line names it, so that it has to be a document.</param>
/// <param name="Scope">What it is read from; null for where the command line points.</param>
/// <param name="Request">How it is checked.</param>
internal sealed record CheckInput(string Path, string Name, bool IsNamed, InputScope? Scope, CheckRequest Request)
{
    private static readonly string[] Extensions = [".json", ".template", ".yaml", ".yml", ".csv"];

    /// <summary>The files that say how it is checked.</summary>
    public IReadOnlyList<string> RestsOn { get; init; } = [];

    /// <summary>The files that a request names, each with what the configurations around it say, and the checks of these.</summary>
    /// <param name="request">The request.</param>
    /// <param name="refuse">Is told what is wrong.</param>
    public static (CheckInput[] Inputs, IReadOnlyList<OwnCheck> Own) Of(CheckRequest request, Action<string> refuse)
    {
        var inputs = new List<(string Path, string Name, string FromRoot, bool IsNamed, InputScope? Scope)>();
        foreach (string path in request.Paths)
        {
            if (path == InputFile.StandardInputName)
            {
                inputs.Add((path, path, path, true, null));
            }
            else if (DocumentGlob.IsPattern(path) && !File.Exists(path))
            {
                var scope = InputScope.Of(DocumentGlob.FolderOf(path), request.AllowOutside);
                IReadOnlyList<string> found = DocumentGlob.Find("", path, scope);
                inputs.AddRange(found.Select(file => (file, file, FileTree.FromRoot(file), true, (InputScope?)scope)));
                if (found.Count == 0)
                {
                    refuse($"{path} matches no file");
                }
            }
            else if (Directory.Exists(path))
            {
                inputs.AddRange(new FileTree(request.IgnoreFiles).Files(path)
                    .Where(file => Extensions.Contains(System.IO.Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase)
                        || DeployedText.HasName(file.Name))
                    .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (file.FullPath, file.Name, file.Path, false,
                        (InputScope?)InputScope.Everywhere)));
            }
            else
            {
                inputs.Add((path, path.Replace('\\', '/'), FileTree.FromRoot(path), true, null));
            }
        }

        var configurations = new NearestConfigurations(request.AllowOutside, refuse);
        var types = new ConfiguredTypes(configurations);
        var checks = new ConfiguredChecks(configurations, request.AllowOutside);
        CheckInput[] configured =
        [
            .. inputs.Select(input => new CheckInput(input.Path, input.Name, input.IsNamed, input.Scope, request with
            {
                FromRoot = input.FromRoot,
                Type = request.Type ?? (input.Path == InputFile.StandardInputName ? null : types.Of(input.Path)),
                // What is read from standard input is checked as if it lay in the current folder.
                OwnChecks = checks.Of(input.Path),
            })
            {
                RestsOn = request.ChangedSince is null ? []
                    : [.. (configurations.Of(input.Path)?.Files ?? []).Select(file => file.Source.Name),
                        .. checks.Of(input.Path).Select(check => check.Denied.Source.Name).Where(name => name.Length > 0)],
            }),
        ];
        return (configured, checks.All);
    }
}
