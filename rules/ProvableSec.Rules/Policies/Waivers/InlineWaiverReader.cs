using System.Globalization;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Policies.Waivers;

/// <summary>
/// Reads the waivers in a file: in YAML the comments <c># provablesec: RULE until DAY because REASON</c>, at the end of the line or above it; in templates the
/// list <c>ProvableSec</c> in a resource's <c>Metadata</c>, of objects with <c>rule</c>, <c>reason</c> and <c>until</c>, and <c>statement</c> or <c>pointer</c>
/// for a part of it.
/// </summary>
internal static class InlineWaiverReader
{
    private const string Expected = "expected # provablesec: RULE until YYYY-MM-DD because REASON";

    private static readonly Regex Comment = new(@"(?<=^|\s)#\s*provablesec:(?<said>.*)$", RegexOptions.CultureInvariant);
    private static readonly Regex Said = new(@"^\s*(?<rule>\S+)\s+until\s+(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\s+because\s+(?<reason>\S.*)$",
        RegexOptions.CultureInvariant);

    /// <summary>The waivers, and what is wrong with them.</summary>
    /// <param name="source">The file.</param>
    /// <param name="root">The file as JSON.</param>
    /// <param name="yaml">For YAML how the JSON was made of it; null for JSON.</param>
    /// <param name="own">The checks of the project's own; null where they are not known, so that every name that one may have is taken for one.</param>
    public static (IReadOnlyList<InlineWaiver> Waivers, IReadOnlyList<PolicyProblem> Problems) Read(DocumentText source, JsonItem root, MappedText? yaml,
        IReadOnlyCollection<OwnCheck>? own = null)
    {
        var waivers = new List<InlineWaiver>();
        var problems = new List<PolicyProblem>();
        if (yaml is not null && source.Text.IndexOf("provablesec:", StringComparison.Ordinal) >= 0)
        {
            ReadComments(source, own, waivers, problems);
        }

        if (root.TryGetProperty("Resources", out JsonItem resources))
        {
            foreach (JsonMember resource in resources.Properties())
            {
                if (resource.Value.TryGetProperty("Metadata", out JsonItem metadata) && metadata.TryGetProperty("ProvableSec", out JsonItem list))
                {
                    int before = problems.Count;
                    ReadMetadata(source.Name, resource.Value.Pointer, list, own, waivers, problems);
                    for (int i = before; i < problems.Count && yaml is not null; i++)
                    {
                        TextRange span = yaml.SourceOf(problems[i].Span);
                        problems[i] = new PolicyProblem(problems[i].Code, problems[i].Message, span, problems[i].Pointer, source.PositionOf(span.Start),
                            source.Name);
                    }
                }
            }
        }

        return (waivers, problems);
    }

    private static void ReadMetadata(string file, string pointer, JsonItem list, IReadOnlyCollection<OwnCheck>? own, List<InlineWaiver> waivers,
        List<PolicyProblem> problems)
    {
        if (list.Kind != JsonKind.Array)
        {
            problems.Add(list.Problem(ProblemCode.WrongType, $"expected a list of waivers; this is {list.KindInWords}"));
            return;
        }

        foreach (JsonItem element in list.Elements())
        {
            if (WaiverReader.ReadOne(element, file, own, problems) is { } waiver)
            {
                waivers.Add(new InlineWaiver(waiver with { Pointer = pointer + waiver.Pointer }, 0));
            }
        }
    }

    private static void ReadComments(DocumentText source, IReadOnlyCollection<OwnCheck>? own, List<InlineWaiver> waivers, List<PolicyProblem> problems)
    {
        string[] lines = source.Text.Split('\n');
        int start = 0;
        for (int i = 0; i < lines.Length; start += lines[i].Length + 1, i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (Comment.Match(line) is not { Success: true } comment)
            {
                continue;
            }

            Match said = Said.Match(comment.Groups["said"].Value);
            string rule = said.Groups["rule"].Value;
            DateTime day = default;
            string? wrong = !said.Success ? Expected
                : !WaiverReader.IsRule(rule, RuleCatalogue.OfCheck, own) ? $"\"{Excerpt.Of(rule)}\" is not a rule of check"
                : !DateTime.TryParseExact(said.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                ? $"\"{said.Groups["day"].Value}\" is not a day"
                : null;
            if (wrong is not null)
            {
                problems.Add(new PolicyProblem(ProblemCode.InvalidValue, wrong, new TextRange(start + comment.Index, comment.Length), "",
                    source.PositionOf(start + comment.Index), source.Name));
                continue;
            }

            // A comment of its own is about the next line that says something.
            int about = i;
            while (line.Substring(0, comment.Index).Trim().Length == 0 && about < lines.Length && lines[about].TrimStart() is "" or ['#', ..] or ['\r', ..])
            {
                about++;
            }

            waivers.Add(new InlineWaiver(new Waiver(rule, source.Name, "", said.Groups["reason"].Value.Trim(), day), about + 1));
        }
    }
}
