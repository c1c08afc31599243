using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Check;

/// <summary>A file of findings that were there before, as <c>check</c> reads and writes it. Files are named from its folder on, so that it counts wherever the
/// command runs.</summary>
/// <param name="path">The file.</param>
internal sealed class CheckBaseline(string path)
{
    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>What it holds; null for a file that cannot be read or is none.</summary>
    /// <param name="refuse">Takes what is wrong.</param>
    public Baseline? Read(Action<string> refuse)
    {
        if (InputFile.TryRead(path, path, out PolicyProblem? unreadable) is not { } source)
        {
            refuse(ProblemText.Of(unreadable!));
            return null;
        }

        (Baseline baseline, IReadOnlyList<PolicyProblem> problems) = BaselineReader.Read(source);
        foreach (PolicyProblem problem in problems)
        {
            refuse(ProblemText.Of(problem));
        }

        return problems.Count > 0 ? null : baseline;
    }

    /// <summary>Which findings are new.</summary>
    /// <param name="baseline">What the file holds.</param>
    /// <param name="findings">All findings, file by file.</param>
    public IReadOnlyList<CheckFinding> New(Baseline baseline, IReadOnlyList<CheckFinding> findings)
    {
        var isNew = new List<CheckFinding>();
        foreach (IGrouping<string, CheckFinding> file in findings.GroupBy(finding => NameOf(finding.Source)))
        {
            CheckFinding[] all = [.. file];
            IReadOnlyList<bool> areNew = baseline.AreNew(file.Key, [.. all.Select(located => located.Finding)]);
            isNew.AddRange(all.Where((_, i) => areNew[i]));
        }

        return isNew;
    }

    /// <summary>The entries that no finding has any more, of the files that were checked and of those that are gone; an entry with fewer findings counts the
    /// missing ones.</summary>
    /// <param name="baseline">What the file holds.</param>
    /// <param name="findings">All findings, those that are waived among them: what is waived is there.</param>
    /// <param name="files">The files that were checked.</param>
    public IReadOnlyList<BaselineEntry> Gone(Baseline baseline, IEnumerable<CheckFinding> findings, IEnumerable<DocumentText> files)
    {
        Dictionary<(string, string), int> there = findings.GroupBy(finding => (NameOf(finding.Source), finding.Finding.Fingerprint))
            .ToDictionary(group => group.Key, group => group.Count());
        HashSet<string> read = [.. files.Select(NameOf)];
        return
        [
            .. baseline.Entries.Select(entry => entry with { Count = entry.Count - there.GetValueOrDefault((entry.File, entry.Fingerprint)) })
                .Where(entry => entry.Count > 0 && (read.Contains(entry.File) || !File.Exists(Path.Combine(folder, entry.File)))),
        ];
    }

    /// <summary>Writes the baseline of findings, a line for each.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public Baseline Write(IEnumerable<CheckFinding> findings)
    {
        Baseline baseline = Baseline.Of(findings.Select(located => new KeyValuePair<string, PolicyFinding>(NameOf(located.Source), located.Finding)));
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\n  \"version\": {BaselineReader.Version},\n  \"findings\": [");
        string separator = "\n";
        foreach (BaselineEntry entry in baseline.Entries)
        {
            text.Append(separator).Append(CultureInfo.InvariantCulture,
                $"    {{\"rule\": \"{entry.Rule}\", \"file\": \"{JsonEncodedText.Encode(entry.File)}\", \"fingerprint\": \"{entry.Fingerprint}\"");
            text.Append(entry.Count > 1 ? $", \"count\": {entry.Count.ToString(CultureInfo.InvariantCulture)}}}" : "}");
            separator = ",\n";
        }

        OutputFile.Write(path, text.Append(baseline.Entries.Count > 0 ? "\n  ]\n}\n" : "]\n}\n").ToString());
        return baseline;
    }

    private string NameOf(DocumentText file) => file.Name == InputFile.StandardInputName ? file.Name : Baseline.NameOf(folder, Path.GetFullPath(file.Name));
}
