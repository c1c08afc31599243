namespace ProvableSec.Rules.Policies.Waivers;

/// <summary>A finding that somebody has decided to live with, for a time.</summary>
/// <param name="Rule">The id of the rule, or the code of IAM Access Analyzer.</param>
/// <param name="File">The file, as messages name it.</param>
/// <param name="Pointer">The value or what is around it; empty for the whole file.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day it holds.</param>
public sealed record Waiver(string Rule, string File, string Pointer, string Reason, DateTime Until)
{
    /// <summary>Whether a finding is meant; its day is not looked at.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="file">The path of its file; may have more folders before those that the waiver names.</param>
    public bool Covers(PolicyFinding finding, string file)
    {
        string path = file.Replace('\\', '/');
        return finding.Rule.IsCalled(Rule)
            && (path == File || (path.EndsWith(File, StringComparison.Ordinal) && path[path.Length - File.Length - 1] == '/'))
            && (finding.Pointer == Pointer || finding.Pointer.StartsWith(Pointer + "/", StringComparison.Ordinal) || Pointer.Length == 0);
    }
}
