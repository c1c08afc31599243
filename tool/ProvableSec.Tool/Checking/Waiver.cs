namespace ProvableSec.Tool.Checking;

/// <summary>A finding that somebody has decided to live with, for a time.</summary>
/// <param name="Rule">The id of the rule, or the code of IAM Access Analyzer.</param>
/// <param name="File">The file, as messages name it.</param>
/// <param name="Pointer">The value or what is around it; empty for the whole file.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day it holds.</param>
internal sealed record Waiver(string Rule, string File, string Pointer, string Reason, DateOnly Until)
{
    public bool Covers(CheckFinding finding) =>
        (Rule == finding.Finding.Rule.Id || Rule == finding.Finding.Rule.AccessAnalyzer)
        && finding.Source.Name.Replace('\\', '/') == File
        && (finding.Finding.Pointer == Pointer || finding.Finding.Pointer.StartsWith(Pointer + "/", StringComparison.Ordinal) || Pointer.Length == 0);
}
