using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the <c>checks</c> of a configuration: what no policy may allow, under an id of the project's own. A mistake takes its check with it, and no
/// other.</summary>
/// <param name="loader">Reads the policies.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class OwnCheckReader(PolicyLoader loader, ConfigurationProblems problems)
{
    /// <summary>Each is a proof about each policy.</summary>
    private const int MostChecks = 100;

    private static readonly string[] Members = ["id", "title", "severity", "deny", "types", "files", "remedy"];

    private readonly Dictionary<string, ConfiguredCheck> checks = new(StringComparer.Ordinal);

    /// <summary>Reads the list.</summary>
    public IReadOnlyList<ConfiguredCheck> Read(JsonItem value)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.Collected.WrongType(value, "checks", "an array of objects with id, title and deny");
        }
        else if (value.Count > MostChecks)
        {
            problems.Add(value, ProblemCode.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"there are {value.Count} checks; the limit is {MostChecks}"));
            return [];
        }

        foreach (JsonItem element in value.Elements())
        {
            ReadOne(element);
        }

        return [.. checks.Values];
    }

    private void ReadOne(JsonItem element)
    {
        if (element.Kind != JsonKind.Object)
        {
            problems.Collected.WrongType(element, "a check", "an object with id, title and deny");
            return;
        }

        int before = problems.Errors.Length;
        JsonItem at = element;
        string? id = null, title = null, remedy = null;
        PolicyDocument? denied = null;
        RuleSeverity severity = RuleSeverity.Error;
        IReadOnlyList<PolicyType> types = OwnCheck.GrantingTypes;
        ImmutableArray<JsonItem> files = [];
        foreach (JsonMember member in element.Properties())
        {
            JsonItem value = member.Value;
            switch (member.Name)
            {
                case "id":
                    at = value;
                    id = ReadId(value);
                    break;
                case "title":
                    title = ReadText(value, "title");
                    break;
                case "remedy":
                    remedy = ReadText(value, "remedy");
                    break;
                case "severity":
                    severity = problems.Word(value, "severity", ("error", RuleSeverity.Error), ("warning", RuleSeverity.Warning), ("info", RuleSeverity.Info))
                        ?? severity;
                    break;
                case "deny":
                    denied = ReadDenied(value);
                    break;
                case "types":
                    types = ReadTypes(value);
                    break;
                case "files":
                    files = ReadFiles(value);
                    break;
                default:
                    problems.Unknown(member, "a check", Members);
                    break;
            }
        }

        foreach (string missing in (string[])["id", "title", "deny"])
        {
            if (!element.TryGetProperty(missing, out _))
            {
                problems.Add(element, ProblemCode.MissingElement, $"this check has no {missing}");
            }
        }

        if (problems.Errors.Length == before && id is not null && title is not null && denied is not null)
        {
            var rule = new Rule(id, title, severity, "A check of the project's own says that no policy may allow it.",
                remedy ?? $"Take it out of the policy, or deny it; {id} is a check of {element.Document.Source.Name}.", 0);
            checks[id] = new ConfiguredCheck(new OwnCheck(rule, denied) { Types = types }, at, files);
        }
    }

    private string? ReadId(JsonItem value)
    {
        if (problems.Collected.ExpectString(value, "id") is not { } id)
        {
            return null;
        }

        string? wrong = OwnCheck.WhyNoId(id) ?? (checks.ContainsKey(id) ? "is the id of another check, too" : null);
        if (wrong is not null)
        {
            problems.Add(value, ProblemCode.InvalidValue, $"\"{id}\" {wrong}");
            return null;
        }

        return id;
    }

    private string? ReadText(JsonItem value, string name)
    {
        if (problems.Collected.ExpectString(value, name) is not { } text)
        {
            return null;
        }

        if (text.Trim().Length > 0)
        {
            return text.Trim();
        }

        problems.Add(value, ProblemCode.InvalidValue, $"{name} is empty");
        return null;
    }

    /// <summary>A check that forbids nothing finds nothing, and whoever wrote it would take that for a proof.</summary>
    private PolicyDocument? ReadDenied(JsonItem value)
    {
        if (QueryReader.ReadProperty(value, "deny", loader, problems.Collected) is not { } denied)
        {
            return null;
        }

        if (denied.Statements.All(statement => statement.Effect == Effect.Deny))
        {
            problems.Add(value, ProblemCode.InvalidValue,
                "deny forbids nothing: it is a policy whose Allow statements say what must not be allowed, and this one has none");
            return null;
        }

        Answer answer = Prover.Answer(new Query
        {
            Question = Question.NotGranted,
            Subject = Subject.Of(denied),
            Property = denied,
            Type = PolicyTypeInference.Infer(denied).Type,
            TypeFrom = PolicyTypeOrigin.Content,
            Explain = false,
            Qualify = true
        });
        if (answer.Verdict == Verdict.Holds)
        {
            problems.Add(value, ProblemCode.InvalidValue, $"deny forbids nothing: {answer.Vacuous ?? "it describes no request"}");
            return null;
        }

        return denied;
    }

    private IReadOnlyList<PolicyType> ReadTypes(JsonItem value)
    {
        if (value.Kind != JsonKind.Array || value.Count == 0)
        {
            problems.Add(value, ProblemCode.WrongType, "types must be an array with at least one type of policies");
            return [];
        }

        var types = new List<PolicyType>();
        foreach (JsonItem item in value.Elements())
        {
            if (QueryReader.ReadType(item, problems.Collected) is { } type && !types.Contains(type))
            {
                types.Add(type);
            }
        }

        return types;
    }

    private ImmutableArray<JsonItem> ReadFiles(JsonItem value)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.String) || value is { Kind: JsonKind.Array, Count: 0 })
        {
            problems.Add(value, ProblemCode.WrongType, "files must be a path or pattern, or an array with at least one");
            return [];
        }

        if (value.Kind == JsonKind.String)
        {
            return [value];
        }

        var files = ImmutableArray.CreateBuilder<JsonItem>(value.Count);
        foreach (JsonItem item in value.Elements())
        {
            if (problems.Collected.ExpectString(item, "a file") is not null)
            {
                files.Add(item);
            }
        }

        return files.ToImmutable();
    }
}
