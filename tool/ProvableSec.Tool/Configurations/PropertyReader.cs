using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the properties of a configuration.</summary>
/// <param name="place">The file that they stand in.</param>
/// <param name="stacks">The stacks that they may be about.</param>
/// <param name="typeOfFile">What the documents say that a file is.</param>
/// <param name="world">The world of a property that does not say.</param>
/// <param name="asOf">Its day.</param>
/// <param name="stacksBefore">Its stacks as they were at a revision.</param>
/// <param name="ofConfiguration">Takes what is wrong with properties that cannot even be named.</param>
internal sealed partial class PropertyReader(
    ConfigurationPlace place,
    ConfiguredStacks stacks,
    Func<string, PolicyType?> typeOfFile,
    World world,
    string? asOf,
    RevisionStacks stacksBefore,
    ConfigurationProblems ofConfiguration)
{
    private static readonly string[] Members =
    [
        "id", "says", "owner", "rationale", "question", "stacks", "except", "policies", "waivers", "policy", "baseline", "forbidden", "required", "request",
            "resourceType", "trustedAccounts",
        "trustedOrganizations", "trustedServices", "confusedDeputy", "strict", "type", "world", "without", "budget", "severity", "expect", "vacuous", "asOf",
    ];

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly RevisionBaselines revisions = new(place);

    /// <summary>Reads a property.</summary>
    /// <returns>The property, which may say that it cannot be asked; null when it cannot even be named.</returns>
    public ConfiguredProperty? Read(JsonItem element)
    {
        if (element.Kind != JsonKind.Object)
        {
            ofConfiguration.Collected.WrongType(element, "a property", "an object with id and question");
            return null;
        }

        var problems = new ConfigurationProblems(place.File);
        Fields fields = ReadFields(element, problems);
        if (fields.Id is null)
        {
            foreach (PolicyProblem problem in problems.Errors)
            {
                ofConfiguration.Collected.Add(problem);
            }

            return null;
        }

        ImmutableArray<ConfiguredQuestion> questions = Questions(element, fields, problems);
        ImmutableArray<PolicyProblem> errors = [.. problems.Errors, .. fields.StackProblems];
        return new ConfiguredProperty(
            fields.Id, fields.Says, fields.Severity, fields.Expect, place.File.Source.Name, place.File.PositionOf(element), errors.IsEmpty ? questions
                : [], errors, problems.Warnings)
        {
            Owner = fields.Owner,
            Rationale = fields.Rationale,
            Waivers = fields.Waivers,
        };
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

    private ImmutableArray<ConfiguredQuestion> Questions(JsonItem element, Fields fields, ConfigurationProblems problems)
    {
        if (fields.Question is not { } question || !problems.Errors.IsEmpty)
        {
            return [];
        }

        CheckMembers(element, question, problems);
        if (new[] { fields.Stacks is not null, fields.Policy is not null, fields.Policies is not null }.Count(given => given) > 1)
        {
            problems.Add(element, ProblemCode.ConflictingElements, fields.Policies is null ? "a property has either stacks or policy, not both"
                : "a property has one of stacks, policy and policies");
            return [];
        }

        IReadOnlyDictionary<string, PolicyDocument> before = fields.Revision is { } revision ? AtRevision(revision, fields, problems)
            : ImmutableDictionary<string, PolicyDocument>.Empty;
        if (!problems.Errors.IsEmpty)
        {
            return [];
        }

        var questions = ImmutableArray.CreateBuilder<ConfiguredQuestion>();
        if (fields.Policies is { } policies)
        {
            foreach ((string path, JsonItem at) in policies)
            {
                if (Document(path, at, problems) is { } document && Ask(Subject.Of(document), fields.Request, Baseline(path)) is { } query)
                {
                    questions.Add(new ConfiguredQuestion(path.Replace('\\', '/'), query));
                }
            }
        }
        else if (fields.Stacks is null)
        {
            if (Ask(fields.Policy, fields.Request, Baseline(fields.PolicyPath)) is { } query)
            {
                questions.Add(new ConfiguredQuestion(null, query));
            }
        }

        foreach (ConfiguredStack stack in Left(element, fields, problems))
        {
            if (stack.Stack is not null)
            {
                bool asksForCaller = fields.Request.Principal is null && stack.Caller is not null && question is not Question.NoPublicAccess;
                RequestPattern request = asksForCaller ? fields.Request with
                {
                    Principal = FieldPattern.Literal(stack.Caller!.Name),
                    PrincipalType = stack.Caller.Kind
                } : fields.Request;
                request = request.ResourceAccount is null && stack.ResourceAccount is { } owner ? request with { ResourceAccount = owner } : request;
                ConfiguredStack?[] was = fields.Revision is { } at ? [.. stacksBefore.Before(at, stack, problems)] : [null];
                foreach (ConfiguredStack? one in was)
                {
                    if (StackQuestion.Of(stack, one, question, (policies, then) =>
                        Ask(Subject.Of(policies), request, then is null ? fields.Baseline : Subject.Of(then))) is { } made)
                    {
                        questions.Add(made with { Caller = asksForCaller ? stack.Caller : null });
                    }
                }
            }
            else
            {
                // That nothing is proved of the stack must not pass for a proof.
                fields.StackProblems.AddRange(stack.Problems.Except(fields.StackProblems));
            }
        }

        return questions.ToImmutable();

        Subject? Baseline(string? path) => path is not null && before.TryGetValue(path, out PolicyDocument? document) ? Subject.Of(document) : fields.Baseline;

        Query? Ask(Subject? subject, RequestPattern request, Subject? baseline)
        {
            QueryReader.Require(element, problems.Collected, question, subject, baseline, fields.Forbidden, fields.Required);
            if (!problems.Errors.IsEmpty)
            {
                return null;
            }

            Query query = QueryReader.Complete(null, question, subject!, baseline, fields.Forbidden ?? fields.Required, request, fields.Type);
            if (fields.Type is null && subject!.Document is { } document && typeOfFile(document.Source.Name) is { } type)
            {
                query = query with { Type = type, TypeFrom = PolicyTypeOrigin.ConfigurationFile };
            }

            // In a gate nobody reads why something holds, but what it is worth; what is violated explains itself.
            return query with
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
            };
        }
    }

    /// <summary>The policies of the property as they were, by their paths.</summary>
    private IReadOnlyDictionary<string, PolicyDocument> AtRevision(JsonItem revision, Fields fields, ConfigurationProblems problems)
    {
        if (fields.Stacks is not null)
        {
            return ImmutableDictionary<string, PolicyDocument>.Empty;
        }

        string[] paths = fields.Policies is { } policies ? [.. policies.Select(policy => policy.Path)] : fields.PolicyPath is { } path ? [path] : [];
        if (paths.Length == 0)
        {
            problems.Add(revision, ProblemCode.ConflictingElements,
                $"the baseline {revision.Text} is the same file or stack at that revision, and this property has no policy that is a file; name it with policy, "
                    + $"policies or stacks");
        }

        return revisions.Read(revision, paths, problems);
    }

    /// <summary>The stacks of the property without those that it excepts.</summary>
    private static List<ConfiguredStack> Left(JsonItem element, Fields fields, ConfigurationProblems problems)
    {
        if (fields.Except is null)
        {
            return fields.Stacks ?? [];
        }

        if (fields.Stacks is null)
        {
            problems.Add(element, ProblemCode.ConflictingElements, "except is about stacks, and this property has none");
            return [];
        }

        List<ConfiguredStack> left = fields.Stacks;
        foreach ((string text, JsonItem at) in fields.Except)
        {
            Func<string, bool> pattern = ConfiguredStacks.PatternOf(text);
            if (!fields.Stacks.Exists(stack => stack.Matches(pattern)))
            {
                problems.Add(at, ProblemCode.InvalidValue, $"no stack of the property matches {text}");
            }

            left = [.. left.Where(stack => !stack.Matches(pattern))];
        }

        if (left.Count == 0 && fields.Stacks.Count > 0 && problems.Errors.IsEmpty)
        {
            problems.Add(element, ProblemCode.MissingElement, "except leaves no stack, so that nothing would be proved");
        }

        return left;
    }

    private PolicyDocument? Document(string path, JsonItem at, ConfigurationProblems problems)
    {
        PolicyDocument? document = place.Policies.Load(path, out PolicyProblem? problem);
        foreach (PolicyProblem found in document is null ? [problem!.Code == ProblemCode.UnreadableFile ? at.Problem(problem.Code, problem.Message) : problem]
            : document.Problems.AsEnumerable())
        {
            problems.Collected.Add(found);
        }

        return document is { HasErrors: false } ? document : null;
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
                "resourceType" or "trustedAccounts" or "trustedOrganizations" or "trustedServices" or "confusedDeputy"
                    or "strict" when question != Question.NoPublicAccess => "no-public-access",
                _ => null,
            };
            if (readers is not null)
            {
                problems.Add(member.NameElement, ProblemCode.ConflictingElements,
                    $"{QuestionNames.NameOf(question)} does not read {member.Name}, which is for {readers}");
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

        public string Owner { get; set; } = "";

        public string Rationale { get; set; } = "";

        public ImmutableArray<PropertyWaiver> Waivers { get; set; } = [];

        public List<ConfiguredStack>? Stacks { get; set; }

        public List<PolicyProblem> StackProblems { get; } = [];

        public List<(string Pattern, JsonItem At)>? Except { get; set; }

        public IReadOnlyList<(string Path, JsonItem At)>? Policies { get; set; }

        public Subject? Policy { get; set; }

        public string? PolicyPath { get; set; }

        public Subject? Baseline { get; set; }

        public JsonItem? Revision { get; set; }

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
