using System.Globalization;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the members of properties, each on its own; what they mean together is <see cref="PropertyReader"/>'s.</summary>
/// <param name="place">The file that they stand in.</param>
/// <param name="stacks">The stacks that they may be about.</param>
/// <param name="world">The world of a property that does not say.</param>
/// <param name="asOf">Its day.</param>
internal sealed partial class PropertyFieldsReader(ConfigurationPlace place, ConfiguredStacks stacks, World world, string? asOf)
{
    private static readonly string[] Members =
    [
        "id", "says", "owner", "rationale", "question", "stacks", "except", "policies", "waivers", "policy", "baseline", "forbidden", "required", "request",
        "resourceType", "trustedAccounts", "trustedOrganizations", "trustedServices", "confusedDeputy", "strict", "type", "world", "without", "budget",
            "severity", "expect", "vacuous", "asOf",
    ];

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>Reads the members of a property. What is wrong with them is said, and their fields stay as they are.</summary>
    public PropertyFields Read(JsonItem element, ConfigurationProblems problems)
    {
        var fields = new PropertyFields { World = world, AsOf = asOf };
        CaseProblems collected = problems.Collected;
        foreach (JsonMember member in element.Properties())
        {
            JsonItem value = member.Value;
            switch (member.Name)
            {
                case "id":
                    fields.Id = ReadId(value, problems);
                    break;
                case "says":
                    fields.Says = collected.ExpectString(value, "says") ?? "";
                    break;
                case "owner":
                    fields.Owner = collected.ExpectString(value, "owner") ?? "";
                    break;
                case "rationale":
                    fields.Rationale = collected.ExpectString(value, "rationale") ?? "";
                    break;
                case "waivers":
                    fields.Waivers = PropertyWaiverReader.Read(value, place.File, problems);
                    break;
                case "except":
                    fields.Except = ReadPatterns(value, problems);
                    break;
                case "policies":
                    fields.Policies = place.Find(value, "policies", problems);
                    break;
                case "question":
                    fields.Question = QueryReader.ReadQuestion(value, collected);
                    break;
                case "stacks":
                    fields.Stacks = ReadStackNames(value, fields.StackProblems, problems);
                    break;
                case "policy":
                    fields.Policy = QueryReader.ReadSubject(value, "policy", place.Loader, collected);
                    fields.PolicyPath = value.Kind == JsonKind.String ? value.Text : null;
                    break;
                case "baseline" when RevisionBaselines.IsRevision(value):
                    fields.Revision = value;
                    break;
                case "baseline":
                    fields.Baseline = QueryReader.ReadSubject(value, "baseline", place.Loader, collected);
                    break;
                case "forbidden":
                    fields.Forbidden = QueryReader.ReadProperty(value, "forbidden", place.Loader, collected);
                    break;
                case "required":
                    fields.Required = QueryReader.ReadProperty(value, "required", place.Loader, collected);
                    break;
                case "request":
                    fields.Request = RequestPatternReader.Read(value, collected);
                    break;
                case "type":
                    fields.Type = QueryReader.ReadType(value, collected);
                    break;
                case "world":
                    fields.World = problems.Word(value, "world", ("aws", World.Aws), ("free", World.Free)) ?? world;
                    break;
                case "without":
                    fields.Without = QueryReader.ReadWithout(value, collected);
                    break;
                case "budget":
                    if (value.Kind == JsonKind.Number && long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps)
                        && steps > 0)
                    {
                        fields.Budget = steps;
                    }
                    else
                    {
                        problems.Add(value, ProblemCode.InvalidValue, "budget must be a positive whole number of steps");
                    }

                    break;
                case "severity":
                    fields.Severity = problems.Word(value, "severity", ("error", Severity.Error), ("warning", Severity.Warning), ("info", Severity.Info))
                        ?? Severity.Error;
                    break;
                case "expect":
                    fields.Expect = problems.Word(value, "expect", ("holds", Verdict.Holds), ("violated", Verdict.Violated)) ?? Verdict.Holds;
                    break;
                case "vacuous":
                    fields.AllowsVacuous = problems.Word(value, "vacuous", ("allow", true)) ?? false;
                    break;
                case "asOf":
                    fields.AsOf = AsOfDate.Read(value, collected) ?? asOf;
                    break;
                case "resourceType":
                    collected.ExpectString(value, "resourceType");
                    break;
                case "trustedAccounts" or "trustedOrganizations" or "trustedServices" or "confusedDeputy" or "strict":
                    fields.Zone = QueryReader.ReadZone(member, fields.Zone, collected);
                    break;
                default:
                    problems.Unknown(member, "a property", Members);
                    break;
            }
        }

        foreach (string missing in (string[])["id", "question"])
        {
            if (!element.TryGetProperty(missing, out _))
            {
                problems.Add(element, ProblemCode.MissingElement, $"this property has no {missing}");
            }
        }

        return fields;
    }

    private string? ReadId(JsonItem value, ConfigurationProblems problems)
    {
        if (problems.Collected.ExpectString(value, "id") is not { } id)
        {
            return null;
        }

        if (!Id().IsMatch(id))
        {
            problems.Add(value, ProblemCode.InvalidValue,
                $"\"{id}\" is not an id; expected letters, digits, '.', '_' and '-', beginning with a letter or digit");
            return null;
        }

        if (!ids.Add(id))
        {
            problems.Add(value, ProblemCode.DuplicateKey, $"there is another property \"{id}\"");
            return null;
        }

        return id;
    }

    /// <summary>The stacks that names mean: of stacks, sets and groups, and patterns.</summary>
    private List<ConfiguredStack> ReadStackNames(JsonItem value, List<PolicyProblem> stackProblems, ConfigurationProblems problems)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<ConfiguredStack>();
        if (value.Kind != JsonKind.Array || value.Count == 0)
        {
            problems.Add(value, ProblemCode.WrongType, "stacks must be an array with the name of at least one stack");
        }

        foreach (JsonItem item in value.Elements())
        {
            if (problems.Collected.ExpectString(item, "the name of a stack") is not { } name)
            {
                continue;
            }

            if (!named.Add(name))
            {
                problems.Add(item, ProblemCode.DuplicateKey, $"the stack \"{name}\" is named twice");
                continue;
            }

            found.AddRange(stacks.Select(name, item, problems).Where(stack => known.Add(stack.Name)));
            stackProblems.AddRange(stacks.ProblemsOf(name).Except(stackProblems));
        }

        return found;
    }

    private static List<(string Pattern, JsonItem At)> ReadPatterns(JsonItem value, ConfigurationProblems problems)
    {
        if (value.Kind is not (JsonKind.String or JsonKind.Array))
        {
            problems.Collected.WrongType(value, "except", "a pattern of names of stacks, or an array of them");
        }

        return [.. (value.Kind == JsonKind.String ? [value] : value.Items()).Where(item => problems.Collected.ExpectString(item, "except") is not null)
            .Select(item => (item.Text, item))];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex Id();
}
