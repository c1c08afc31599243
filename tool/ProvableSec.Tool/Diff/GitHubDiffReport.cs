using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Diff;

/// <summary>Annotations of a pull request: one for each policy that gets access, or of which something is unknown.</summary>
internal sealed class GitHubDiffReport : IReport<DiffResult>
{
    public void Write(DiffResult result, CommandConsole console)
    {
        foreach (PolicyChange change in result.Real)
        {
            ChangedAccess[] added = [.. change.Added.Where(line => line.IsNew)];
            if (added.Length > 0)
            {
                console.WriteCommand(GitHubAnnotation.Of(
                    Severity.Error, DiffPlace.Of(change), $"New access: {change.Name}",
                    string.Join('\n', added.Select(line => change.Shown(DifferenceWords.InOneLine(line.Line))))));
            }

            ChangedAccess[] blocked = [.. change.Added.Where(line => line is { Approval: null, IsNew: false })];
            if (blocked.Length > 0)
            {
                console.WriteCommand(GitHubAnnotation.Of(
                    Severity.Info, DiffPlace.Of(change), $"New but blocked: {change.Name}",
                    string.Join('\n', blocked.Select(line => $"{change.Shown(DifferenceWords.InOneLine(line.Line))}: {DiffWords.BlockedOf(line)}"))));
            }

            if (change.Unknown is { } reason)
            {
                console.WriteCommand(GitHubAnnotation.Of(Severity.Warning, DiffPlace.Of(change), $"Unknown access: {change.Name}", change.Shown(reason)));
            }
        }
    }
}
