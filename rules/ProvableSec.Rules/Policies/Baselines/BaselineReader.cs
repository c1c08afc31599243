using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Baselines;

/// <summary>Reads a baseline: <c>{"version": 1, "findings": [{"rule", "file", "fingerprint", "count"}]}</c>, where <c>count</c> may be missing for 1.</summary>
internal static class BaselineReader
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    private const int FingerprintLength = 64;

    /// <summary>The baseline, and everything that is wrong with it; with a problem, none of it counts.</summary>
    public static (Baseline Baseline, IReadOnlyList<PolicyProblem> Problems) Read(DocumentText source)
    {
        JsonTree json = JsonTreeReader.Read(source ?? throw new ArgumentNullException(nameof(source)));
        var problems = new List<PolicyProblem>(json.Problems);
        JsonItem root = json.Root;
        var entries = new List<BaselineEntry>();
        if (root.Kind == JsonKind.Invalid)
        {
            return (Baseline.Empty, problems);
        }

        if (root.Kind != JsonKind.Object)
        {
            problems.Add(root.Problem(ProblemCode.WrongType,
                $"expected a baseline, {{\"version\": {Version}, \"findings\": […]}}; this is {root.KindInWords}"));
            return (Baseline.Empty, problems);
        }

        OnlyMembers(root, "a baseline", ["version", "findings"], problems);
        if (!root.TryGetProperty("version", out JsonItem version))
        {
            problems.Add(root.Problem(ProblemCode.MissingElement, "the baseline has no \"version\""));
        }
        else if (version.Kind != JsonKind.Number || version.Text != Version.ToString(CultureInfo.InvariantCulture))
        {
            problems.Add(version.Problem(ProblemCode.InvalidValue,
                $"this version of provablesec reads baselines of version {Version}; write it anew with check --write-baseline"));
        }

        if (!root.TryGetProperty("findings", out JsonItem findings))
        {
            problems.Add(root.Problem(ProblemCode.MissingElement, "the baseline has no \"findings\""));
        }
        else if (findings.Kind != JsonKind.Array)
        {
            problems.Add(findings.Problem(ProblemCode.WrongType, $"\"findings\" must be a list; this is {findings.KindInWords}"));
        }
        else
        {
            foreach (JsonItem element in findings.Elements())
            {
                if (Entry(element, problems) is { } entry)
                {
                    entries.Add(entry);
                }
            }
        }

        return (problems.Count > 0 ? Baseline.Empty : new Baseline(entries), problems);
    }

    private static BaselineEntry? Entry(JsonItem element, List<PolicyProblem> problems)
    {
        int before = problems.Count;
        if (element.Kind != JsonKind.Object)
        {
            problems.Add(element.Problem(ProblemCode.WrongType, $"expected a finding; this is {element.KindInWords}"));
            return null;
        }

        OnlyMembers(element, "a finding of a baseline", ["rule", "file", "fingerprint", "count"], problems);
        string rule = Text(element, "rule", problems), file = Text(element, "file", problems), fingerprint = Text(element, "fingerprint", problems);
        int count = 1;
        if (element.TryGetProperty("count", out JsonItem number)
            && (number.Kind != JsonKind.Number || !int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1))
        {
            problems.Add(number.Problem(ProblemCode.InvalidValue, "\"count\" must be a whole number from 1"));
        }

        if (problems.Count == before && (fingerprint.Length != FingerprintLength
            || !fingerprint.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'))))
        {
            element.TryGetProperty("fingerprint", out JsonItem at);
            problems.Add(at.Problem(ProblemCode.InvalidValue, $"a fingerprint has {FingerprintLength} hexadecimal digits in lower case"));
        }

        return problems.Count == before ? new BaselineEntry(rule, file, fingerprint, count) : null;
    }

    private static void OnlyMembers(JsonItem element, string what, string[] members, List<PolicyProblem> problems)
    {
        foreach (JsonMember member in element.Properties())
        {
            if (!members.Contains(member.Name))
            {
                problems.Add(member.NameElement.Problem(ProblemCode.UnknownElement,
                    $"\"{Excerpt.Of(member.Name)}\" is not a member of {what}; expected {string.Join(", ", members)}"));
            }
        }
    }

    private static string Text(JsonItem element, string name, List<PolicyProblem> problems)
    {
        if (!element.TryGetProperty(name, out JsonItem value))
        {
            problems.Add(element.Problem(ProblemCode.MissingElement, $"the finding has no \"{name}\""));
        }
        else if (value.Kind != JsonKind.String || value.Text.Length == 0)
        {
            problems.Add(value.Problem(ProblemCode.WrongType,
                $"\"{name}\" must be a text; this is {(value.Kind == JsonKind.String ? "empty" : value.KindInWords)}"));
        }
        else
        {
            return value.Text;
        }

        return "";
    }
}
