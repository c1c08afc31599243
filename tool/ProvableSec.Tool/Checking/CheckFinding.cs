using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Checking;

/// <summary>A finding and where it is.</summary>
/// <param name="Finding">Its span counts in <paramref name="Source"/>.</param>
/// <param name="Policy">The policy it is about.</param>
/// <param name="Source">The file.</param>
internal sealed record CheckFinding(PolicyFinding Finding, FoundPolicy Policy, DocumentText Source)
{
    public ReportPlace Place { get; } = ReportPlace.Of(Source, Finding.Span);

    /// <summary>Whether the text around the finding is shown: only that of what is, or was meant to be, a policy or template. Any other file may hold
    /// anything.</summary>
    public bool ShowsText { get; init; } = true;

    /// <summary>A stable name for the finding: it stays when lines move and statements are inserted.</summary>
    public string Fingerprint => $"{Source.Name}:{Finding.Fingerprint}";
}
