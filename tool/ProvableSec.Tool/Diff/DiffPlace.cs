using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Diff;

/// <summary>Where a report points to for a change.</summary>
internal static class DiffPlace
{
    /// <summary>The line that the policy begins at; nowhere for one that is gone.</summary>
    public static ReportPlace Of(PolicyChange change)
    {
        var at = new LinePosition(change.Line, 1);
        return new ReportPlace(change.Kind == PolicyChangeKind.Removed ? "" : change.File, at, at);
    }
}
