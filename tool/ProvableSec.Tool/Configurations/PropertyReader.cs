using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the properties of a configuration.</summary>
internal sealed partial class PropertyReader(
    PolicyLoader loader,
    IReadOnlyDictionary<string, ConfiguredStack> stacks,
    Func<string, PolicyType?> typeOfFile,
    World world,
    string? asOf,
    ConfigurationProblems ofConfiguration)
{
    private static readonly string[] Members =
    [
        "id", "says", "question", "stacks", "policy", "baseline", "forbidden", "required", "request", "resourceType", "trustedAccounts",
        "trustedOrganizations", "trustedServices", "confusedDeputy", "strict", "type", "world", "without", "budget", "severity", "expect", "vacuous", "asOf",
    ];

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>Reads a property.</summary>
    /// <returns>The property, which may say that it cannot be asked; null when it cannot even be named.</returns>
    public ConfiguredProperty? Read(JsonItem element)
    {
        if (element.Kind != JsonKind.Object)
        {
            ofConfiguration.Collected.WrongType(element, "a property", "an object with id and question");
            return null;
        }

        var problems = new ConfigurationProblems();
        Fields fields = ReadFields(element, problems);
        if (fields.Id is null)
        {
            foreach (PolicyProblem problem in problems.Errors)
            {
                ofConfiguration.Collected.Add(problem);
            }

            return null;
        }

        ImmutableArray<(string? Stack, Query Query)> questions = Questions(element, fields, problems);
        ImmutableArray<PolicyProblem> errors = problems.Errors;
        return new ConfiguredProperty(
            fields.Id, fields.Says, fields.Severity, fields.Expect, element.Position, errors.IsEmpty ? questions : [], errors, problems.Warnings);
    }

    private Fields ReadFields(JsonItem element, ConfigurationProblems problems)
    {
        var fields = new Fields { World = world, AsOf = asOf };
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
                case "question":
                    fields.Question = QueryReader.ReadQuestion(value, collected);
                    break;
                case "stacks":
                    fields.Stacks = ReadStackNames(value, problems);
                    break;
                case "policy":
                    fields.Policy = QueryReader.ReadSubject(value, "policy", loader, collected);
                    break;
                case "baseline":
                    fields.Baseline = QueryReader.ReadSubject(value, "baseline", loader, collected);
                    break;
                case "forbidden":
                    fields.Forbidden = QueryReader.ReadProperty(value, "forbidden", loader, collected);
                    break;
                case "required":
                    fields.Required = QueryReader.ReadProperty(value, "required", loader, collected);
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
                    if (value.Kind == JsonKind.Number && long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) && steps > 0)
                    {
                        fields.Budget = steps;
                    }
                    else
                    {
                        problems.Add(value, ProblemCode.InvalidValue, "budget must be a positive whole number of steps");
                    }

                    break;
                case "severity":
                    fields.Severity = problems.Word(value, "severity", ("error", Severity.Error), ("warning", Severity.Warning), ("info", Severity.Info)) ?? Severity.Error;
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
            problems.Add(value, ProblemCode.InvalidValue, $"\"{id}\" is not an id; expected letters, digits, '.', '_' and '-', beginning with a letter or digit");
            return null;
        }

        if (!ids.Add(id))
        {
            problems.Add(value, ProblemCode.DuplicateKey, $"there is another property \"{id}\"");
            return null;
        }

        return id;
    }

    private List<(string Name, JsonItem At)> ReadStackNames(JsonItem value, ConfigurationProblems problems)
    {
        var names = new List<(string Name, JsonItem At)>();
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

            if (!stacks.ContainsKey(name))
            {
                problems.NoSuch(item, "stack", name, [.. stacks.Keys]);
            }
            else if (names.Any(other => other.Name == name))
            {
                problems.Add(item, ProblemCode.DuplicateKey, $"the stack \"{name}\" is named twice");
            }
            else
            {
                names.Add((name, item));
            }
        }

        return names;
    }

    private ImmutableArray<(string? Stack, Query Query)> Questions(JsonItem element, Fields fields, ConfigurationProblems problems)
    {
        if (fields.Question is not { } question || !problems.Errors.IsEmpty)
        {
            return [];
        }

        CheckMembers(element, question, problems);
        if (fields.Stacks is not null && fields.Policy is not null)
        {
            problems.Add(element, ProblemCode.ConflictingElements, "a property has either stacks or policy, not both");
            return [];
        }

        var questions = ImmutableArray.CreateBuilder<(string? Stack, Query Query)>();
        if (fields.Stacks is null)
        {
            Ask(null, fields.Policy);
        }

        foreach ((string name, _) in fields.Stacks ?? [])
        {
            if (stacks[name].Stack is { } stack)
            {
                Ask(name, Subject.Of(stack));
            }
            else
            {
                // That nothing is proved of the stack must not pass for a proof.
                foreach (PolicyProblem problem in stacks[name].Problems)
                {
                    problems.Collected.Add(problem);
                }
            }
        }

        return questions.ToImmutable();

        void Ask(string? stack, Subject? subject)
        {
            QueryReader.Require(element, problems.Collected, question, subject, fields.Baseline, fields.Forbidden, fields.Required);
            if (!problems.Errors.IsEmpty)
            {
                return;
            }

            Query query = QueryReader.Complete(null, question, subject!, fields.Baseline, fields.Forbidden ?? fields.Required, fields.Request, fields.Type);
            if (fields.Type is null && subject!.Document is { } document && typeOfFile(document.Source.Name) is { } type)
            {
                query = query with { Type = type, TypeFrom = "configuration file" };
            }

            // In a gate nobody reads why something holds, but what it is worth; what is violated explains itself.
            questions.Add((stack, query with
            {
                World = fields.World,
                Without = fields.Without,
                AsOf = fields.AsOf ?? query.AsOf,
                Budget = fields.Budget,
                Zone = fields.Zone,
                Explain = question == Question.Can,
                Qualify = true,
                AllowsVacuous = fields.AllowsVacuous,
                Warnings = problems.Warnings,
            }));
        }
    }

    /// <summary>A member that the question does not read is a mistake of whoever wrote it: the property does not say what they think.</summary>
    private static void CheckMembers(JsonItem element, Question question, ConfigurationProblems problems)
    {
        foreach (JsonMember member in element.Properties())
        {
            string? readers = member.Name switch
            {
                "baseline" when question is not (Question.NoNewAccess or Question.Equivalent) => "no-new-access and equivalent",
                "forbidden" when question != Question.NotGranted => "not-granted",
                "required" when question != Question.Granted => "granted",
                "resourceType" or "trustedAccounts" or "trustedOrganizations" or "trustedServices" or "confusedDeputy" or "strict" when question != Question.NoPublicAccess => "no-public-access",
                _ => null,
            };
            if (readers is not null)
            {
                problems.Add(member.NameElement, ProblemCode.ConflictingElements, $"{QuestionNames.NameOf(question)} does not read {member.Name}, which is for {readers}");
            }
        }

        if (question == Question.Can && !element.TryGetProperty("request", out _))
        {
            problems.Add(element, ProblemCode.MissingElement, "can needs a request: what somebody wants to do");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex Id();

    private sealed class Fields
    {
        public string? Id { get; set; }

        public string Says { get; set; } = "";

        public Question? Question { get; set; }

        public List<(string Name, JsonItem At)>? Stacks { get; set; }

        public Subject? Policy { get; set; }

        public Subject? Baseline { get; set; }

        public PolicyDocument? Forbidden { get; set; }

        public PolicyDocument? Required { get; set; }

        public RequestPattern Request { get; set; } = RequestPattern.Any;

        public PolicyType? Type { get; set; }

        public TrustZone Zone { get; set; } = TrustZone.None;

        public World World { get; set; }

        public ImmutableArray<string> Without { get; set; } = [];

        public string? AsOf { get; set; }

        public bool AllowsVacuous { get; set; }

        public long Budget { get; set; } = Query.DefaultBudget;

        public Severity Severity { get; set; } = Severity.Error;

        public Verdict Expect { get; set; } = Verdict.Holds;
    }
}
