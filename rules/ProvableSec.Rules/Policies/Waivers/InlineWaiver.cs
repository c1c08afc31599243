namespace ProvableSec.Rules.Policies.Waivers;

/// <summary>A waiver that stands in the file that it is about.</summary>
/// <param name="Waiver">What it covers.</param>
/// <param name="Line">For a comment the line that it is about, counted from 1; 0 for the metadata of a resource, which cover by pointer.</param>
internal sealed record InlineWaiver(Waiver Waiver, int Line)
{
    /// <summary>Whether a finding is meant; the last day is not looked at.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="line">The line that it begins in.</param>
    public bool Covers(PolicyFinding finding, int line) => (Line == 0 || Line == line) && Waiver.Covers(finding, Waiver.File);
}
