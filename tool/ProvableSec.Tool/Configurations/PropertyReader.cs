using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the properties of a configuration.</summary>
/// <param name="place">The file that they stand in.</param>
/// <param name="stacks">The stacks that they may be about.</param>
/// <param name="typeOfFile">What the documents say that a file is.</param>
/// <param name="world">The world of a property that does not say.</param>
/// <param name="asOf">Its day.</param>
/// <param name="stacksBefore">Its stacks as they were at a revision.</param>
/// <param name="ofConfiguration">Takes what is wrong with properties that cannot even be named.</param>
internal sealed class PropertyReader(
    ConfigurationPlace place,
    ConfiguredStacks stacks,
    Func<string, PolicyType?> typeOfFile,
    World world,
    string? asOf,
    RevisionStacks stacksBefore,
    ConfigurationProblems ofConfiguration)
{
    private static readonly ConfiguredStack?[] Alone = [null];

    private readonly PropertyFieldsReader members = new(place, stacks, world, asOf);

    /// <summary>Each stack as what questions are about, and as who asks: of an organization there are thousands, and each property asks about all of
    /// them.</summary>
    private readonly Dictionary<ConfiguredStack, (Subject Subject, RequestPattern? Request)> asked = new(ReferenceEqualityComparer.Instance);
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
        PropertyFields fields = members.Read(element, problems);
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

    private ImmutableArray<ConfiguredQuestion> Questions(JsonItem element, PropertyFields fields, ConfigurationProblems problems)
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
        Query? like = null;
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
                RequestPattern request = asksForCaller ? RequestOf(stack, fields.Request) : fields.Request;
                request = request.ResourceAccount is null && stack.ResourceAccount is { } owner ? request with { ResourceAccount = owner } : request;
                foreach (ConfiguredStack? one in fields.Revision is { } at ? [.. stacksBefore.Before(at, stack, problems)] : Alone)
                {
                    if (StackQuestion.Of(stack, one, asksForCaller ? stack.Caller : null, question, (policies, then) =>
                        Ask(ReferenceEquals(policies, stack.Stack) ? Asked(stack).Subject : Subject.Of(policies), request, then is null ? fields.Baseline
                            : Subject.Of(then))) is { } made)
                    {
                        questions.Add(made);
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
            // Of one property the questions about thousands of stacks differ in whom they are about.
            if (like is not null && subject?.Stack is not null && ReferenceEquals(baseline, like.Baseline))
            {
                return like with { Subject = subject, Request = request };
            }

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
            query = query with
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
            like = subject!.Stack is null ? null : query;
            return query;
        }
    }

    private (Subject Subject, RequestPattern? Request) Asked(ConfiguredStack stack)
    {
        if (!asked.TryGetValue(stack, out (Subject Subject, RequestPattern? Request) known))
        {
            asked.Add(stack, known = (Subject.Of(stack.Stack!), stack.Caller is null ? null : OfCaller(stack.Caller, RequestPattern.Any)));
        }

        return known;
    }

    /// <summary>The requests of whoever has the policies of a stack, among those that are asked about.</summary>
    private RequestPattern RequestOf(ConfiguredStack stack, RequestPattern among) =>
        ReferenceEquals(among, RequestPattern.Any) ? Asked(stack).Request! : OfCaller(stack.Caller!, among);

    private static RequestPattern OfCaller(CallerPrincipal caller, RequestPattern among) =>
        among with { Principal = FieldPattern.Literal(caller.Name), PrincipalType = caller.Kind };

    /// <summary>The policies of the property as they were, by their paths.</summary>
    private IReadOnlyDictionary<string, PolicyDocument> AtRevision(JsonItem revision, PropertyFields fields, ConfigurationProblems problems)
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
    private static List<ConfiguredStack> Left(JsonItem element, PropertyFields fields, ConfigurationProblems problems)
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
        var facts = QuestionFacts.Of(question);
        foreach (JsonMember member in element.Properties())
        {
            string? readers = member.Name switch
            {
                "baseline" when !facts.Compares => QuestionFacts.NamesOf(other => other.Compares),
                "forbidden" or "required" when facts.Property != member.Name => QuestionFacts.NamesOf(other => other.Property == member.Name),
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
}
