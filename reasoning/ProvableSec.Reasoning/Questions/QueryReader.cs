using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>Reads a query as <c>prove --batch</c> takes it; <c>verify</c> reads its properties with the same parts.</summary>
public sealed class QueryReader
{
    private static readonly string[] OwnMembers =
    [
        "id", "question", "type", "world", "without", "budget", "readings", "expected", "vacuous", "asOf", "policy", "baseline", "forbidden", "required",
            "request",
        "resourceType", "trustedAccounts", "trustedOrganizations", "trustedServices", "confusedDeputy", "strict",
    ];

    private readonly PolicyLoader loader;

    /// <summary>Creates a reader.</summary>
    /// <param name="loader">Reads the policies that queries hold or name.</param>
    public QueryReader(PolicyLoader loader) => this.loader = loader;

    /// <summary>The members a query may have.</summary>
    public static ImmutableArray<string> MemberNames { get; } = OwnMembers.Concat(StackReader.MemberNames).ToImmutableArray();

    /// <summary>Reads a query. Never throws on any JSON.</summary>
    /// <param name="element">The query object.</param>
    /// <param name="jsonProblems">What the JSON reader found wrong.</param>
    public QueryReading Read(JsonItem element, ImmutableArray<PolicyProblem> jsonProblems)
    {
        var problems = new CaseProblems();
        foreach (PolicyProblem problem in jsonProblems)
        {
            problems.Add(problem);
        }

        if (element.Kind != JsonKind.Object)
        {
            problems.WrongType(element, "a query", "an object with a question");
            return new QueryReading(null, null, problems.ToImmutable());
        }

        var stack = new StackReader(loader, problems);
        bool hasStack = false;
        string? id = null;
        Question? question = null;
        PolicyType? type = null;
        Subject? policy = null, baseline = null;
        PolicyDocument? forbidden = null, required = null;
        RequestPattern request = RequestPattern.Any;
        World world = World.Aws;
        long budget = Query.DefaultBudget;
        bool defaultReadings = false;
        Verdict? expected = null;
        bool allowsVacuous = false;
        string? asOf = null;
        ImmutableArray<string> without = ImmutableArray<string>.Empty;
        TrustZone zone = TrustZone.None;
        foreach (JsonMember property in element.Properties())
        {
            JsonItem value = property.Value;
            switch (property.Name)
            {
                case "id":
                    id = value.Kind is JsonKind.String or JsonKind.Number
                        ? element.Document.Source.Text.Substring(value.Span.Start, value.Span.Length)
                        : null;
                    break;
                case "question":
                    question = ReadQuestion(value, problems);
                    break;
                case "type":
                    type = ReadType(value, problems);
                    break;
                case "world":
                    world = Word(value, "world", problems, ("aws", World.Aws), ("free", World.Free)) ?? World.Aws;
                    break;
                case "without":
                    without = ReadWithout(value, problems);
                    break;
                case "readings":
                    defaultReadings = Word(value, "readings", problems, ("all", false), ("default", true)) ?? false;
                    break;
                case "budget":
                    budget = ReadBudget(value, problems);
                    break;
                case "expected":
                    expected = Word(value, "expected", problems, ("holds", Verdict.Holds), ("violated", Verdict.Violated), ("unknown", Verdict.Unknown));
                    break;
                case "vacuous":
                    allowsVacuous = Word(value, "vacuous", problems, ("allow", true)) ?? false;
                    break;
                case "asOf":
                    asOf = AsOfDate.Read(value, problems);
                    break;
                case "policy":
                    policy = ReadSubject(value, "policy", loader, problems);
                    break;
                case "baseline":
                    baseline = ReadSubject(value, "baseline", loader, problems);
                    break;
                case "forbidden":
                    forbidden = ReadProperty(value, "forbidden", loader, problems);
                    break;
                case "required":
                    required = ReadProperty(value, "required", loader, problems);
                    break;
                case "request":
                    request = RequestPatternReader.Read(value, problems);
                    break;
                case "resourceType":
                    problems.ExpectString(value, "resourceType");
                    break;
                case "trustedAccounts" or "trustedOrganizations" or "trustedServices" or "confusedDeputy" or "strict":
                    zone = ReadZone(property, zone, problems);
                    break;
                default:
                    if (stack.TryReadMember(property))
                    {
                        hasStack |= property.Value.Kind != JsonKind.Null && property.Name != "account";
                    }
                    else
                    {
                        problems.Unknown(property, "a query", MemberNames);
                    }

                    break;
            }
        }

        Subject? subject = hasStack ? Subject.Of(stack.Stack) : policy;
        if (hasStack && policy is not null)
        {
            problems.Add(element, ProblemCode.ConflictingElements, "a query has either policy or the fields of a stack, not both");
        }

        if (question is { } asked && !problems.HasErrors)
        {
            Require(element, problems, asked, subject, baseline, forbidden, required);
        }
        else if (question is null && !problems.HasErrors)
        {
            problems.Add(element, ProblemCode.MissingElement, $"the query has no question; expected one of {string.Join(", ", QuestionNames.AllQuestions)}");
        }

        if (problems.HasErrors)
        {
            return new QueryReading(id, null, problems.ToImmutable());
        }

        Query complete = Complete(id, question!.Value, subject!, baseline, forbidden ?? required, request, type);
        return new QueryReading(
            id,
            complete with
            {
                AsOf = asOf ?? complete.AsOf,
                AllowsVacuous = allowsVacuous,
                World = world,
                Zone = zone,
                Without = without,
                Budget = budget,
                DefaultReadingsOnly = defaultReadings,
                Expected = expected,
                Warnings = problems.ToImmutable(),
            },
            problems.ToImmutable());
    }

    /// <summary>A policy, or a stack: an object without <c>Statement</c>.</summary>
    internal static Subject? ReadSubject(JsonItem value, string name, PolicyLoader loader, CaseProblems problems)
    {
        if (value.Kind == JsonKind.Object && !value.TryGetProperty("Statement", out _) && LooksLikeStack(value))
        {
            return Subject.Of(StackReader.Read(value, "a stack", loader, problems));
        }

        return loader.Read(value, name, problems) is { } document ? Subject.Of(document) : null;
    }

    /// <summary>A policy that describes requests: <c>forbidden</c> or <c>required</c>. Actions in it that do not exist are reported.</summary>
    internal static PolicyDocument? ReadProperty(JsonItem value, string name, PolicyLoader loader, CaseProblems problems)
    {
        PolicyDocument? property = loader.Read(value, name, problems);
        foreach (PolicyProblem unknown in property is null ? [] : UnknownActions.In(property))
        {
            problems.Add(value.Kind == JsonKind.Object ? value.Relocated(unknown) : unknown);
        }

        return property;
    }

    /// <summary>Fills in what follows from the rest: the type, and where it is from.</summary>
    internal static Query Complete(string? id, Question question, Subject subject, Subject? baseline, PolicyDocument? property, RequestPattern request,
        PolicyType? type)
    {
        (PolicyType inferred, PolicyTypeOrigin from) = subject.Document is { } document ? PolicyTypeInference.Infer(document)
            : (PolicyType.Identity, PolicyTypeOrigin.Stack);
        return new Query
        {
            Id = id,
            Question = question,
            Subject = subject,
            Baseline = baseline,
            Property = property,
            Request = request,
            Type = type ?? inferred,
            TypeFrom = type is null ? from : PolicyTypeOrigin.Query,
        };
    }

    /// <summary>Reports what a question needs and does not have.</summary>
    internal static void Require(JsonItem at, CaseProblems problems, Question question, Subject? subject, Subject? baseline, PolicyDocument? forbidden,
        PolicyDocument? required)
    {
        var facts = QuestionFacts.Of(question);
        string name = facts.Name;
        if (subject is null)
        {
            problems.Add(at, ProblemCode.MissingElement, $"{name} needs a policy, or the fields of a stack such as identityPolicies");
        }

        switch (facts)
        {
            case { Compares: true } when baseline is null:
                problems.Add(at, ProblemCode.MissingElement, $"{name} needs a baseline to compare with");
                break;
            case { Compares: true } when subject is not null && (subject.Document is null) != (baseline!.Document is null):
                problems.Add(at, ProblemCode.ConflictingElements, $"{name} compares two documents or two stacks, not a document with a stack");
                break;
            case { Property: QuestionFacts.Forbidden } when forbidden is null:
                problems.Add(at, ProblemCode.MissingElement, $"{name} needs forbidden: a policy that describes what must not be granted");
                break;
            case { Property: QuestionFacts.Required } when required is null:
                problems.Add(at, ProblemCode.MissingElement, $"{name} needs required: a policy that describes what must be granted");
                break;
        }
    }

    private static bool LooksLikeStack(JsonItem value)
    {
        foreach (JsonMember property in value.Properties())
        {
            if (StackReader.MemberNames.Contains(property.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the name of a question.</summary>
    internal static Question? ReadQuestion(JsonItem value, CaseProblems problems)
    {
        if (problems.ExpectString(value, "question") is not { } word)
        {
            return null;
        }

        Question? question = QuestionNames.QuestionOf(word);
        if (question is null)
        {
            problems.Add(value, ProblemCode.InvalidValue, $"\"{word}\" is not a question; expected one of {string.Join(", ", QuestionNames.AllQuestions)}");
        }

        return question;
    }

    /// <summary>Reads the name of a policy type.</summary>
    internal static PolicyType? ReadType(JsonItem value, CaseProblems problems)
    {
        if (problems.ExpectString(value, "type") is not { } word)
        {
            return null;
        }

        PolicyType? type = QuestionNames.TypeOf(word);
        if (type is null)
        {
            problems.Add(value, ProblemCode.InvalidValue, $"\"{word}\" is not a policy type; expected one of {string.Join(", ", QuestionNames.AllTypes)}");
        }

        return type;
    }

    /// <summary>Reads a member that says who is trusted: <c>trustedAccounts</c>, <c>trustedOrganizations</c>, <c>trustedServices</c>, <c>confusedDeputy</c>,
    /// <c>strict</c>.</summary>
    internal static TrustZone ReadZone(JsonMember member, TrustZone zone, CaseProblems problems)
    {
        JsonItem value = member.Value;
        if (member.Name is "confusedDeputy" or "strict")
        {
            if (value.Kind is not (JsonKind.True or JsonKind.False))
            {
                problems.WrongType(value, member.Name, "true or false");
            }

            bool on = value.Kind == JsonKind.True;
            return member.Name == "strict" ? zone with { Strict = on } : zone with { ConfusedDeputy = on };
        }

        var names = ImmutableArray.CreateBuilder<string>();
        if (value.Kind != JsonKind.Array)
        {
            problems.WrongType(value, member.Name, "an array of strings");
        }

        foreach (JsonItem item in value.Elements())
        {
            string? name = member.Name == "trustedAccounts" ? problems.ExpectAccount(item, member.Name) : problems.ExpectString(item, member.Name);
            if (name is not null && member.Name == "trustedOrganizations" && !Organization.IsId(name))
            {
                problems.Add(item, ProblemCode.InvalidValue, $"{member.Name} must be ids of organizations, such as \"o-exampleorgid\", not \"{name}\"");
            }
            else if (name is not null)
            {
                names.Add(name);
            }
        }

        return member.Name switch
        {
            "trustedAccounts" => zone with { Accounts = names.ToImmutable() },
            "trustedOrganizations" => zone with { Organizations = names.ToImmutable() },
            _ => zone with { Services = names.ToImmutable() },
        };
    }

    /// <summary>Reads the assumptions not to make.</summary>
    /// <param name="value">An array of names of assumptions (<see cref="AssumptionName.All"/>).</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    internal static ImmutableArray<string> ReadWithout(JsonItem value, CaseProblems problems)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        if (value.Kind != JsonKind.Array)
        {
            problems.WrongType(value, "without", "an array of names of assumptions");
        }

        foreach (JsonItem item in value.Elements())
        {
            if (problems.ExpectString(item, "without") is not { } name)
            {
                continue;
            }

            if (AssumptionName.All.Contains(name))
            {
                names.Add(name);
            }
            else
            {
                problems.Add(item, ProblemCode.InvalidValue, $"\"{name}\" is not an assumption; expected one of {string.Join(", ", AssumptionName.All)}");
            }
        }

        return names.ToImmutable();
    }

    private static long ReadBudget(JsonItem value, CaseProblems problems)
    {
        if (value.Kind == JsonKind.Number && long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long steps) && steps > 0)
        {
            return steps;
        }

        problems.Add(value, ProblemCode.InvalidValue, "budget must be a positive whole number of steps");
        return Query.DefaultBudget;
    }

    private static T? Word<T>(JsonItem value, string name, CaseProblems problems, params (string Word, T Value)[] words)
        where T : struct
    {
        if (problems.ExpectString(value, name) is not { } text)
        {
            return null;
        }

        foreach ((string word, T meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        problems.Add(value, ProblemCode.InvalidValue, $"{name} must be one of {string.Join(", ", words.Select(w => w.Word))}, not \"{text}\"");
        return null;
    }
}
