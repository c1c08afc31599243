using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Escalation;
using ProvableSec.Rules.Policies;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Reach;

/// <summary>
/// Finds what users and roles of account dumps provably reach: administrator by the steps of an <see cref="EscalationGraph"/>, else the services that they, or
/// whom they get to by its steps, may change permissions of, write to and read, each with a request that is allowed.
/// </summary>
/// <param name="dump">The users and roles.</param>
/// <param name="controls">The control policies above them.</param>
/// <param name="graph">Who can act as whom.</param>
internal sealed class ReachFinder(AccountDump dump, OrganizationControls controls, EscalationGraph graph)
{
    /// <summary>Engine steps that all questions together may cost, and one.</summary>
    private const long Budget = 100_000_000, BudgetOfQuestion = 2_000_000;

    /// <summary>Of a level, so many services are named, and so many are asked about.</summary>
    private const int MostFound = 6, MostAsked = 30;

    private static readonly (ReachLevel Level, AccessLevels Of)[] Levels =
    [
        (ReachLevel.Permissions, AccessLevels.PermissionsManagement),
        (ReachLevel.Writes, AccessLevels.Write | AccessLevels.Tagging),
        (ReachLevel.Reads, AccessLevels.Read | AccessLevels.List),
    ];

    /// <summary>The services that an attacker looks for, before all others.</summary>
    private static readonly string[] First = ["iam", "organizations", "secretsmanager", "ssm", "s3", "dynamodb", "rds", "lambda", "ec2", "ecs",
        "cloudformation",
        "cloudtrail", "logs", "sqs", "sns"];

    /// <summary>Trust policies and key policies decide about these: the steps of the graph are the first, and a dump does not have the others.</summary>
    private static readonly string[] DecidedElsewhere = ["sts", "kms"];

    private readonly Dictionary<string, AccountPrincipal> principals = dump.Principals.GroupBy(principal => principal.Caller.Name)
        .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    private readonly Dictionary<string, IReadOnlyList<EscalationStep>> chains = graph.Chains().ToDictionary(chain => chain[0].From, StringComparer.Ordinal);
    private readonly ILookup<string, EscalationStep> steps = graph.Steps.ToLookup(step => step.From, StringComparer.Ordinal);
    private readonly ILookup<string, EscalationStep> open = graph.Open.ToLookup(step => step.From, StringComparer.Ordinal);
    private readonly ILookup<string, string> undecided = graph.Undecided.ToLookup(entry => entry.Principal, entry => entry.Reason, StringComparer.Ordinal);
    private readonly Dictionary<string, Own> known = new(StringComparer.Ordinal);
    private long spent;

    /// <summary>What somebody reaches.</summary>
    /// <param name="principal">Their ARN.</param>
    public PrincipalReach Of(string principal)
    {
        if (!principals.ContainsKey(principal))
        {
            return new PrincipalReach(principal) { Unknown = ["it is not a user or role of the dump"] };
        }

        var reach = new PrincipalReach(principal)
        {
            IsAdministrator = graph.Administrators.Contains(principal),
            Chain = chains.TryGetValue(principal, out IReadOnlyList<EscalationStep>? chain) ? chain : [],
        };
        if (reach.Level == ReachLevel.Administrator)
        {
            return reach;
        }

        string[] all = Reached(principal);
        Own[] own = [.. all.Select(OwnOf)];
        return reach with
        {
            // Of several that reach the same, the nearest: they come in that order.
            Services = [.. own.SelectMany(one => one.Services).GroupBy(service => (service.Level, service.Service)).Select(same => same.First())
                .OrderByDescending(service => service.Level)],
            More = new HashSet<ReachLevel>(own.SelectMany(one => one.More)),
            Open = [.. all.SelectMany(one => open[one]).GroupBy(step => (step.From, step.Way)).Select(same => same.First())],
            Unknown = [.. all.SelectMany(one => undecided[one].Concat(OwnOf(one).Unknown).Select(reason => one == principal ? reason : $"as {one}: {reason}"))
                .Distinct()],
        };
    }

    /// <summary>Who somebody is, and as whom they can act, the nearest first.</summary>
    private string[] Reached(string principal)
    {
        var reached = new List<string> { principal };
        for (int i = 0; i < reached.Count; i++)
        {
            reached.AddRange(steps[reached[i]].Select(step => step.To).Distinct().Where(to => principals.ContainsKey(to) && !reached.Contains(to)));
        }

        return [.. reached];
    }

    private Own OwnOf(string principal)
    {
        if (!known.TryGetValue(principal, out Own? own))
        {
            AccountPrincipal of = principals[principal];
            // What is wrong with it, the graph says.
            known.Add(principal, own = of.Undecided is null ? Ask(of) : new Own());
        }

        return own;
    }

    private Own Ask(AccountPrincipal principal)
    {
        var own = new Own();
        PolicyStack stack = AccessFinder.StackOf(principal, controls);
        Statement[] allows = [.. principal.IdentityPolicies.SelectMany(policy => policy.Statements).Where(statement => statement.Effect == Effect.Allow)];
        foreach ((ReachLevel level, AccessLevels of) in Levels)
        {
            int asked = 0, found = 0;
            foreach (string service in First.Concat(ServiceCatalogue.Default.ServicePrefixes.Except(First)).Except(DecidedElsewhere))
            {
                ImmutableArray<string> actions = Actions(service, of, allows);
                if (actions.IsEmpty)
                {
                    continue;
                }

                if (found == MostFound || asked++ == MostAsked)
                {
                    own.More.Add(level);
                    break;
                }

                if (spent >= Budget)
                {
                    own.Unknown.Add($"the budget of {Budget} steps for all questions about what is reached is used up");
                    return own;
                }

                Answer answer = Prover.Answer(Question(principal, stack, actions) with { Budget = Math.Min(BudgetOfQuestion, Budget - spent) });
                spent += answer.Steps;
                if (answer is { Verdict: Verdict.Holds, Witness: { } witness })
                {
                    found++;
                    own.Services.Add(new ServiceReach(level, service, principal.Caller.Name, witness));
                }
                else if (answer.Verdict == Verdict.Unknown)
                {
                    own.Unknown.Add($"{service}: {answer.Reason}");
                }
            }
        }

        return own;
    }

    /// <summary>The actions of a service that do something and that a statement may allow: no others need a question.</summary>
    private static ImmutableArray<string> Actions(string service, AccessLevels levels, Statement[] allows) =>
        !allows.Any(allow => allow.Action.IsNot || allow.Action.Patterns.Any(pattern => IsOf(pattern.Text, service)))
            || !ServiceCatalogue.Default.TryGetService(service, out Service? known) ? ImmutableArray<string>.Empty
            : known.Actions.Where(action => (action.AccessLevels & levels) != 0 && allows.Any(allow => allow.Action.IsNot
                != allow.Action.Patterns.Any(pattern => ActionNames.Covers(pattern.Text, action.FullName))))
                .Select(action => action.FullName).ToImmutableArray();

    private static bool IsOf(string pattern, string service) =>
        pattern == "*" || (pattern.IndexOf(':') is > 0 and var colon && GlobText.Covers(pattern.Substring(0, colon), service, foldCase: true));

    private static Query Question(AccountPrincipal principal, PolicyStack stack, ImmutableArray<string> actions) => new()
    {
        Question = Reasoning.Questions.Question.Can,
        Subject = Subject.Of(stack),
        TypeFrom = PolicyTypeOrigin.Stack,
        Explain = false,
        DefaultReadingsOnly = true,
        Request = new RequestPattern
        {
            Principal = FieldPattern.Literal(principal.Caller.Name),
            PrincipalType = principal.Caller.Kind,
            Action = new FieldPattern(false, actions, ImmutableArray<string>.Empty),
            ResourceAccount = principal.Caller.Account,
            Context = AccessFinder.TagsOf(principal, stack),
        },
    };

    /// <summary>What somebody reaches as they are.</summary>
    private sealed class Own
    {
        public List<ServiceReach> Services { get; } = [];

        public HashSet<ReachLevel> More { get; } = [];

        public List<string> Unknown { get; } = [];
    }
}
