using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies.Rewrites;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Check;

/// <summary>
/// Fixes the findings of a file, one after the other, by rewrites that are proved to allow no new request. Each change is made in the characters of the
/// file, and the changed file is read again: it must hold the rewritten policy and the others as they were.
/// </summary>
/// <param name="request">How to check.</param>
/// <param name="isWanted">Findings to fix.</param>
internal sealed class PolicyFixer(CheckRequest request, Func<CheckFinding, bool> isWanted)
{
    private const int MostChanges = 1000;

    /// <summary>The fixed text, and what was done: a line for each change, with the place that it had when its turn came.</summary>
    public (DocumentText Text, IReadOnlyList<string> Done) Fix(DocumentText source)
    {
        var done = new List<string>();
        while (done.Count < MostChanges && Next(source) is var (changed, line))
        {
            done.Add(line);
            source = changed;
        }

        return (source, done);
    }

    /// <summary>Writes a text in the encoding that the file had.</summary>
    public static void Write(string path, DocumentText text)
    {
        byte[] old = new byte[3];
        using (Stream file = InputFile.Open(path, out _))
        {
            file.ReadAtLeast(old, old.Length, throwOnEndOfStream: false);
        }

        Encoding encoding = old is [0xFF, 0xFE, ..] ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true)
            : old is [0xFE, 0xFF, ..] ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true)
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: old is [0xEF, 0xBB, 0xBF, ..]);
        OutputFile.Write(path, stream =>
        {
            stream.Write(encoding.GetPreamble());
            stream.Write(encoding.GetBytes(text.Text));
        });
    }

    private (DocumentText Text, string Line)? Next(DocumentText source)
    {
        var file = CheckedFile.Of(source, isNamed: true, request);
        foreach (CheckFinding finding in file.Findings.Where(isWanted))
        {
            foreach (PolicyRewrite rewrite in finding.Policy.RewritesOf(finding.Finding).Where(rewrite => rewrite.IsSafe))
            {
                if (Apply(file, finding.Policy, rewrite) is { } changed)
                {
                    return (changed, string.Create(CultureInfo.InvariantCulture,
                        $"{source.Name}:{finding.Place.Start}: {finding.Finding.Rule.Id}: {rewrite.FullDescription}"));
                }
            }
        }

        return null;
    }

    private DocumentText? Apply(CheckedFile file, FoundPolicy policy, PolicyRewrite rewrite)
    {
        if (rewrite.Edits.Select(edit => InFile(file, policy, edit)).ToArray() is var edits && edits.Any(edit => edit is null))
        {
            return null;
        }

        var changed = new DocumentText(PolicyEdit.Apply(file.Source!.Text, edits!), file.Source.Name);
        CheckedFile after = CheckedFile.Unchecked(changed, request);
        int at = file.Policies.ToList().IndexOf(policy);
        return after.Policies.Count == file.Policies.Count
            && after.Policies.Select((other, i) => Same(other.Text.Text, i == at ? PolicyEdit.Apply(policy.Text.Text, rewrite.Edits)
                : file.Policies[i].Text.Text)).All(same => same)
                ? changed : null;
    }

    /// <summary>The change in the characters of the file; null where the policy's are not those of the file.</summary>
    private static PolicyEdit? InFile(CheckedFile file, FoundPolicy policy, PolicyEdit edit)
    {
        if (file.Converted is not { } yaml)
        {
            return policy.Text.CopiedFrom(edit.Span) is { } same ? edit with { Span = same } : null;
        }

        // JSON's texts are YAML's too; an item of a block is on lines of its own.
        if (edit is { Text: ['"', .., '"'] })
        {
            return edit with { Span = yaml.SourceOf(policy.Text.SourceOf(edit.Span)) };
        }

        string text = policy.Text.Text.Substring(edit.Span.Start, edit.Span.Length);
        string item = text.Trim(' ', ',', '\r', '\n', '\t');
        if (edit.Text.Length > 0 || item.Length == 0)
        {
            return null;
        }

        var span = yaml.SourceOf(policy.Text.SourceOf(new TextRange(edit.Span.Start + text.IndexOf(item, StringComparison.Ordinal), item.Length)));
        return LinesOf(file.Source!.Text, span) is { } lines ? new PolicyEdit(lines, "") : null;
    }

    private static TextRange? LinesOf(string text, TextRange item)
    {
        int start = text.LastIndexOf('\n', Math.Max(0, item.Start - 1)) + 1;
        int end = text.AsSpan(item.Start, item.Length).TrimEnd().Length + item.Start;
        int next = text.IndexOf('\n', end);
        return text.AsSpan(start, item.Start - start).Trim() is "-" && text.AsSpan(end, (next < 0 ? text.Length : next) - end).Trim() is "" or ['#', ..]
            ? TextRange.FromBounds(start, next < 0 ? text.Length : next + 1) : null;
    }

    private static bool Same(string a, string b)
    {
        if (a == b)
        {
            return true;
        }

        try
        {
            using JsonDocument left = JsonDocument.Parse(a), right = JsonDocument.Parse(b);
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
