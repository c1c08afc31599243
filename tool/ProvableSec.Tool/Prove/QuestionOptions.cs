using System.CommandLine;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.CommandLine;

namespace ProvableSec.Tool.Prove;

/// <summary>The options that describe one question on the command line.</summary>
internal sealed class QuestionOptions
{
    private readonly Option<string?> policy = One("--policy", "FILE", "The policy (- for standard input), evaluated alone unless stack options add others");
    private readonly Option<string?> baseline = One("--baseline", "FILE",
        "For no-new-access and equivalent: the policy to compare with; with --filter: the other rules");
    private readonly Option<string?> forbidden = One("--forbidden", "FILE", "For not-granted: a policy that describes what must not be granted");
    private readonly Option<string?> required = One("--required", "FILE", "For granted: a policy that describes what must be granted");
    private readonly Option<string?> forbid = One("--forbid", "ACTIONS", "Instead of --forbidden: actions, separated by commas");
    private readonly Option<string?> require = One("--require", "ACTIONS", "Instead of --required: actions, separated by commas");
    private readonly Option<string[]> on = Many("--on", "ARN", "With --forbid and --require: only on these resources. May repeat");
    private readonly Option<string[]> identity = Many("--identity", "FILE", "Another policy of the same user or role. May repeat");
    private readonly Option<string?> boundary = One("--boundary", "FILE", "The permissions boundary");
    private readonly Option<string[]> scp = Many("--scp", "FILE[,FILE]", "The service control policies of one level; repeat for the levels from the root down");
    private readonly Option<string[]> session = Many("--session", "FILE", "A session policy. May repeat");
    private readonly Option<string?> resourcePolicy = One("--resource-policy", "FILE",
        "The resource's policy: for a role its trust policy, for a KMS key its key policy");
    private readonly Option<bool> noResourcePolicy =
        new("--no-resource-policy") { Description = "The resource has no policy; without this option or --resource-policy, its policy is unknown" };
    private readonly Option<string[]> endpoint = Many("--endpoint", "FILE", "The policy of a VPC endpoint that the request goes through. May repeat");
    private readonly Option<string[]> rcp = Many("--rcp", "FILE[,FILE]",
        "The resource control policies of one level; repeat for the levels from the root down");
    private readonly Option<string[]> trustedAccount =
        IdentifierForms.OfAccounts(Many("--trusted-account", "ID", "For no-public-access: a trusted account. May repeat"));
    private readonly Option<string[]> trustedOrganization =
        IdentifierForms.OfOrganizations(Many("--trusted-organization", "ID", "For no-public-access: a trusted organization. May repeat"));
    private readonly Option<string[]> trustedService = Many("--trusted-service", "NAME", "For no-public-access: a trusted service principal. May repeat");
    private readonly Option<bool> confusedDeputy =
        new("--confused-deputy") { Description = "For no-public-access: treat service principals as untrusted too (confused deputy)" };
    private readonly Option<bool> strict =
        new("--strict") { Description = "For no-public-access: drop the conventions about values that an untrusted caller cannot choose" };
    private readonly Option<string?> account = IdentifierForms.OfAccounts(One("--account", "ID", "The account of the user or role"));
    private readonly Option<string?> type = One("--type", "TYPE", "The type of the policy, if the name of the file does not say it");
    private readonly Option<string?> world = One("--world", "WORLD", "aws: requests that AWS can send, under named assumptions (default); free: any request");
    private readonly Option<string[]> without = Many("--without", "NAME", $"An assumption to drop: {string.Join(", ", Prover.AssumptionNames)}. May repeat");
    private readonly Option<string?> request = One("--request", "JSON",
        "The requests that the question is about, as in a query; anything left out is unrestricted");
    private readonly Option<string?> principal = One("--principal", "ARN", "Only requests of this principal");
    private readonly Option<string?> action = One("--action", "ACTION", "Only requests for this action; * and ? are wildcards");
    private readonly Option<string?> resource = One("--resource", "ARN",
        "Only requests for this resource; * and ? are wildcards, but \"*\" alone is the resource of actions without a resource type");
    private readonly Option<string[]> context = Many("--context", "KEY=VALUE", "Only requests with this value of a condition key. May repeat");

    public QuestionOptions()
    {
        type.AcceptOnlyFromAmong([.. QuestionNames.AllTypes]);
        world.AcceptOnlyFromAmong("aws", "free");
        without.AcceptOnlyFromAmong([.. Prover.AssumptionNames]);
    }

    private IEnumerable<Option> All =>
    [
        policy, baseline, forbidden, required, forbid, require, on, identity, boundary, session, resourcePolicy, noResourcePolicy, endpoint, scp, rcp, account,
            type, world, without, request, principal, action, resource, context,
        trustedAccount, trustedOrganization, trustedService, confusedDeputy, strict,
    ];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of them is on the command line.</summary>
    public bool AnyGiven(ParseResult result) => All.Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>Whether nothing but a baseline is on the command line, if that: what questions about log filters read.</summary>
    public bool OnlyBaseline(ParseResult result, out string? file)
    {
        file = result.GetValue(baseline);
        return All.All(option => option == baseline || result.GetResult(option) is not { Implicit: false });
    }

    /// <summary>What they say.</summary>
    /// <param name="question">The question.</param>
    /// <param name="result">The command line.</param>
    /// <param name="problem">How they contradict each other or the question, when the result is null.</param>
    public DescribedQuestion? Describe(Question question, ParseResult result, out string? problem)
    {
        var described = new DescribedQuestion
        {
            Question = question,
            Policy = result.GetValue(policy),
            Baseline = result.GetValue(baseline),
            Property = result.GetValue(forbidden) ?? result.GetValue(required),
            PropertyActions = (result.GetValue(forbid) ?? result.GetValue(require))?.Split(',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            PropertyResources = result.GetValue(on) is { Length: > 0 } resources ? resources : ["*"],
            Identity = result.GetValue(identity) ?? [],
            Boundary = result.GetValue(boundary),
            Session = result.GetValue(session) ?? [],
            ResourcePolicy = result.GetValue(resourcePolicy),
            HasNoResourcePolicy = result.GetValue(noResourcePolicy),
            Endpoints = result.GetValue(endpoint) ?? [],
            ServiceControlPolicies = Levels(result.GetValue(scp)),
            ResourceControlPolicies = Levels(result.GetValue(rcp)),
            Zone = new TrustZone
            {
                Accounts = [.. result.GetValue(trustedAccount) ?? []],
                Organizations = [.. result.GetValue(trustedOrganization) ?? []],
                Services = [.. result.GetValue(trustedService) ?? []],
                ConfusedDeputy = result.GetValue(confusedDeputy),
                Strict = result.GetValue(strict),
            },
            Account = result.GetValue(account),
            Type = result.GetValue(type) is { } word ? QuestionNames.TypeOf(word) : null,
            World = result.GetValue(world) == "free" ? World.Free : World.Aws,
            Without = [.. result.GetValue(without) ?? []],
            Request = result.GetValue(request),
            Principal = result.GetValue(principal),
            Action = result.GetValue(action),
            Resource = result.GetValue(resource),
            Context = result.GetValue(context) ?? [],
        };
        problem = Contradiction(question, result, described);
        return problem is null ? described : null;
    }

    private string? Contradiction(Question question, ParseResult result, DescribedQuestion described)
    {
        var facts = QuestionFacts.Of(question);
        string name = facts.Name;
        foreach ((Option option, bool reads) in ((Option, bool)[])
            [
                (baseline, facts.Compares),
                (forbidden, facts.Property == QuestionFacts.Forbidden),
                (forbid, facts.Property == QuestionFacts.Forbidden),
                (required, facts.Property == QuestionFacts.Required),
                (require, facts.Property == QuestionFacts.Required),
                (on, facts.Property is not null),
                (trustedAccount, question == Question.NoPublicAccess),
                (trustedOrganization, question == Question.NoPublicAccess),
                (trustedService, question == Question.NoPublicAccess),
                (confusedDeputy, question == Question.NoPublicAccess),
                (strict, question == Question.NoPublicAccess),
            ])
        {
            if (!reads && result.GetResult(option) is { Implicit: false })
            {
                return $"{name} does not read {option.Name}";
            }
        }

        if (described is { ResourcePolicy: not null, HasNoResourcePolicy: true })
        {
            return "--resource-policy and --no-resource-policy exclude each other";
        }

        if (described is { Policy: null, IsStack: false })
        {
            return $"{name} needs --policy FILE";
        }

        if (facts.Compares && described.Baseline is null)
        {
            return $"{name} needs --baseline FILE, the policy to compare with";
        }

        if (facts.Property is not null)
        {
            (string file, string actions) = facts.Property == QuestionFacts.Forbidden ? ("--forbidden", "--forbid") : ("--required", "--require");
            if (described is { Property: null, PropertyActions: null or [] })
            {
                return $"{name} needs {file} FILE, or {actions} ACTIONS";
            }

            if (described is { Property: not null, PropertyActions: not null })
            {
                return $"{file} and {actions} exclude each other";
            }

            if (described.Property is not null && result.GetResult(on) is { Implicit: false })
            {
                return $"--on goes with {actions}; {file} says on which resources itself";
            }
        }

        if (question == Question.Can && described is { Request: null, Principal: null, Action: null, Resource: null, Context: [] })
        {
            return "can needs --action, --resource, --principal, --context or --request: what somebody wants to do";
        }

        if (described.IsStack && described.Type is not null)
        {
            return "--type is for a policy that stands alone; beside stack options --policy is an identity policy";
        }

        return described.Context.FirstOrDefault(pair => pair.IndexOf('=') < 1) is { } malformed
            ? $"--context must be KEY=VALUE, not \"{malformed}\""
            : null;
    }

    private static IReadOnlyList<string>[] Levels(string[]? levels) =>
        [.. (levels ?? []).Select(level => level.Split(',', StringSplitOptions.RemoveEmptyEntries))];

    private static Option<string?> One(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<string[]> Many(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
