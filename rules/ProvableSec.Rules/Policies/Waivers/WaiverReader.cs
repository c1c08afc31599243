using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Rules.Policies.Waivers;

/// <summary>Reads waivers: a list of objects with <c>rule</c>, <c>file</c>, <c>statement</c> and <c>pointer</c> (may be missing), <c>reason</c> and
/// <c>until</c>.</summary>
internal static class WaiverReader
{
    private static readonly string[] Members = ["rule", "file", "statement", "pointer", "reason", "until"];

    /// <summary>The waivers, and everything that is wrong with them.</summary>
    /// <param name="source">The list.</param>
    /// <param name="own">The checks of the project's own; null where they are not known, so that every name that one may have is taken for one.</param>
    public static (IReadOnlyList<Waiver> Waivers, IReadOnlyList<PolicyProblem> Problems) Read(DocumentText source, IReadOnlyCollection<OwnCheck>? own = null)
    {
        JsonTree json = JsonTreeReader.Read(source);
        var problems = new List<PolicyProblem>(json.Problems);
        var waivers = new List<Waiver>();
        if (json.Root.Kind is not (JsonKind.Array or JsonKind.Invalid))
        {
            problems.Add(json.Root.Problem(ProblemCode.WrongType, $"expected a list of waivers; this is {json.Root.KindInWords}"));
        }

        foreach (JsonItem element in json.Root.Elements())
        {
            if (ReadOne(element, null, own, problems) is { } waiver)
            {
                waivers.Add(waiver);
            }
        }

        return (waivers, problems);
    }

    /// <summary>One waiver; null where something is wrong with it.</summary>
    /// <param name="element">The object.</param>
    /// <param name="file">The file that it is about; null where it says so itself.</param>
    /// <param name="own">The checks of the project's own; null where they are not known.</param>
    /// <param name="problems">Takes what is wrong.</param>
    internal static Waiver? ReadOne(JsonItem element, string? file, IReadOnlyCollection<OwnCheck>? own, List<PolicyProblem> problems)
    {
        int before = problems.Count;
        foreach (JsonMember member in element.Properties())
        {
            if (!Members.Contains(member.Name))
            {
                problems.Add(member.NameElement.Problem(ProblemCode.UnknownElement,
                    $"\"{Excerpt.Of(member.Name)}\" is not a member of a waiver; expected {string.Join(", ", Members)}"));
            }
        }

        string rule = Text(element, "rule", true, problems), about = file ?? Text(element, "file", true, problems),
            reason = Text(element, "reason", true, problems), until = Text(element, "until", true, problems);
        string pointer = Text(element, "pointer", false, problems), statement = Text(element, "statement", false, problems);
        if (problems.Count > before)
        {
            return null;
        }

        if (!IsRule(rule, RuleCatalogue.OfCheck, own))
        {
            element.TryGetProperty("rule", out JsonItem at);
            problems.Add(at.Problem(ProblemCode.InvalidValue, $"\"{Excerpt.Of(rule)}\" is not a rule of check"));
        }
        else if (!DateTime.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
        {
            element.TryGetProperty("until", out JsonItem at);
            problems.Add(at.Problem(ProblemCode.InvalidValue, $"\"{Excerpt.Of(until)}\" is not a day; expected for example 2027-01-31"));
        }
        else
        {
            return new Waiver(rule, about, pointer, reason, day) { Statement = statement };
        }

        return null;
    }

    /// <summary>Whether a name is that of a rule.</summary>
    internal static bool IsRule(string name, IEnumerable<Rule> rules, IReadOnlyCollection<OwnCheck>? own) =>
        rules.Any(known => known.IsCalled(name)) || (own is null ? OwnCheck.WhyNoId(name) is null : own.Any(check => check.Rule.Id == name));

    private static string Text(JsonItem element, string name, bool isRequired, List<PolicyProblem> problems)
    {
        if (!element.TryGetProperty(name, out JsonItem value))
        {
            if (isRequired)
            {
                problems.Add(element.Problem(ProblemCode.MissingElement, $"the waiver has no \"{name}\""));
            }

            return "";
        }

        if (value.Kind != JsonKind.String || (isRequired && value.Text.Trim().Length == 0))
        {
            problems.Add(value.Problem(ProblemCode.WrongType,
                $"\"{name}\" must be a text; this is {(value.Kind == JsonKind.String ? "empty" : value.KindInWords)}"));
            return "";
        }

        return value.Text;
    }
}
