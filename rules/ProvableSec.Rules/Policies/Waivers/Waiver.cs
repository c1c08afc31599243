namespace ProvableSec.Rules.Policies.Waivers;

/// <summary>A finding that somebody has decided to live with, for a time.</summary>
/// <param name="Rule">The id of the rule, or the code of IAM Access Analyzer.</param>
/// <param name="File">The file, as messages name it.</param>
/// <param name="Pointer">The value or what is around it; empty for the whole file.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day it holds.</param>
internal sealed record Waiver(string Rule, string File, string Pointer, string Reason, DateTime Until)
{
    /// <summary>The statement, by its Sid or the hash of its meaning (<see cref="StatementAnchor"/>); empty for any.</summary>
    public string Statement { get; init; } = "";

    /// <summary>Whether a finding is meant; its day is not looked at.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="file">The path of its file; may have more folders before those that the waiver names.</param>
    public bool Covers(PolicyFinding finding, string file) =>
        IsAbout(finding.Rule, file) && IsAt(finding) && (Statement.Length == 0 || finding.Statement?.IsCalled(Statement) == true);

    /// <summary>Whether it would cover a finding if the Sid that it names were that of one statement only.</summary>
    internal bool NamesSharedSid(PolicyFinding finding, string file) =>
        Statement.Length > 0 && finding.Statement is { IsSidShared: true, Sid: { } sid } && sid == Statement && IsAbout(finding.Rule, file) && IsAt(finding);

    private bool IsAbout(Rule rule, string file)
    {
        string path = file.Replace('\\', '/');
        return rule.IsCalled(Rule) && (path == File || (path.EndsWith(File, StringComparison.Ordinal) && path[path.Length - File.Length - 1] == '/'));
    }

    private bool IsAt(PolicyFinding finding) => finding.Pointer == Pointer || finding.Pointer.StartsWith(Pointer + "/", StringComparison.Ordinal)
        || Pointer.Length == 0;
}
