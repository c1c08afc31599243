using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>
/// Makes a confirmed witness easier to read: keys that do not matter go, invented names give way to real actions and resources.
/// Every step is confirmed by the evaluator again, so it cannot make the witness wrong.
/// </summary>
/// <param name="query">The question.</param>
/// <param name="asking">Who asks.</param>
/// <param name="asks">The keys that the question asks about, in lower case.</param>
/// <param name="cost">What it costs to confirm a request.</param>
/// <param name="budget">Pays for it; a witness is left as it is where there is not enough.</param>
internal sealed class WitnessShortener(Query query, QuestionCallers asking, ICollection<string> asks, ReplayCost cost, Budget budget)
{
    /// <summary>At most this many comparisons of a request with a policy are made to make it easier to read; what is left then stays as it is.</summary>
    private const long MostComparisons = 20_000_000;

    private const string CurrentTime = "aws:currenttime", EpochTime = "aws:epochtime", IdOfUser = "AIDAIOSFODNN7EXAMPLE1";

    // The best known first; one of each area, for conditions that name an area.
    private static readonly string[] ExampleRegions =
    [
        "us-east-1", "eu-west-1", "ap-east-1", "eu-central-1", "us-west-2", "eu-north-1", "ap-southeast-2", "ap-northeast-1", "ca-central-1", "sa-east-1",
            "af-south-1", "me-south-1",
        "il-central-1", "mx-central-1", "cn-north-1", "us-gov-west-1",
    ];

    private readonly ExampleResources resources = new(query);
    private readonly PossibleRequests possible = new(query, asking, asks);
    private ImmutableArray<ContextEntry>? sentByUser;
    private Supposition supposed;
    private long comparisons;

    /// <summary>A request that leaves the catalogue moved to a resource that its action acts on, without the keys that it cannot carry; null when none shows
    /// the same.</summary>
    public Witness? InCatalogue(Witness witness)
    {
        supposed = witness.Supposed;
        if (!ServiceCatalogue.Default.TryGetAction(witness.Request.Action, out ServiceAction? action))
        {
            return null;
        }

        AccessRequest carried = WorldModel.Carried(witness.Request);
        foreach (string resource in resources.For(action, carried))
        {
            if (On(carried, resource) is var moved && Confirms(moved, witness.Readings) && WorldModel.IsInCatalogue(moved))
            {
                return witness with { Request = moved };
            }
        }

        return null;
    }

    /// <summary>The witness, shortened.</summary>
    public Witness Shorten(Witness witness)
    {
        supposed = witness.Supposed;
        Reading readings = witness.Readings;
        AccessRequest best = RealNames(ExpectedAction(RealAction(WithSessionKeys(witness.Request, readings), readings), readings), readings);
        for (int i = best.Context.Length - 1; i >= 0; i--)
        {
            if (!IsGiven(best.Context[i].FoldedKey))
            {
                AccessRequest shorter = best with { Context = best.Context.RemoveAt(i) };
                if (query.World == World.Free || !AlwaysSent(best.Context[i].FoldedKey))
                {
                    best = Confirms(shorter, readings) ? shorter : best;
                }
            }
        }

        best = WithAlwaysSent(best, readings);
        for (int bit = 1; bit <= (int)readings; bit <<= 1)
        {
            var reading = (Reading)bit;
            if ((readings & reading) != 0 && Confirms(best, readings & ~reading))
            {
                readings &= ~reading;
            }
        }

        return new Witness(best, readings, supposed);
    }

    /// <summary>
    /// The request with keys that every session of its caller has and the question asks about, where the model had no need of them: in statements that make no
    /// difference.
    /// </summary>
    private AccessRequest WithSessionKeys(AccessRequest request, Reading readings)
    {
        (string Key, string? Value)[] session = query.World == World.Free ? []
            : [("aws:userid", Plain(request.Principal)),
                ("aws:TokenIssueTime", request.Principal.Kind is PrincipalKind.User or PrincipalKind.Root or PrincipalKind.Service ? null
                    : query.AsOf + "T00:00:00Z")];
        foreach ((string key, string? value) in session)
        {
            string folded = key.ToLowerInvariant();
            if (value is not null && request.Principal.Account.Length > 0 && asks.Contains(folded) && !request.Context.Any(e => e.FoldedKey == folded)
                && request with { Context = request.Context.Add(new ContextEntry(key, folded, ImmutableArray.Create(value))) } is var with
                && WitnessReplay.Confirms(query, new Witness(with, readings, supposed)))
            {
                request = with;
            }
        }

        return request;
    }

    /// <summary>Whether AWS could send a request, as far as can be seen.</summary>
    public bool IsPossible(AccessRequest request) => possible.Has(request);

    /// <summary>The request with keys that AWS always sends and the question asks about, where the model had no need of them.</summary>
    private AccessRequest WithAlwaysSent(AccessRequest request, Reading readings)
    {
        foreach ((string key, string value) in query.World == World.Free ? [] : Sent(query.AsOf))
        {
            string folded = key.ToLowerInvariant();

            // Two ways to write one moment.
            ImmutableArray<string> values = request.Context.FirstOrDefault(e => folded is CurrentTime or EpochTime
                && e.FoldedKey is CurrentTime or EpochTime) is { Values.IsDefaultOrEmpty: false } moment ? moment.Values : ImmutableArray.Create(value);
            // No request is made before its session began.
            ImmutableArray<string> begun = request.Context.FirstOrDefault(e => folded is CurrentTime or EpochTime
                && e.FoldedKey == "aws:tokenissuetime") is { Values.IsDefaultOrEmpty: false } session ? session.Values : values;
            foreach (ImmutableArray<string> sent in asks.Contains(folded) && !request.Context.Any(e => e.FoldedKey == folded)
                ? (ImmutableArray<string>[])[values, begun] : [])
            {
                if (request with { Context = request.Context.Add(new ContextEntry(key, folded, sent)) } is var with && Confirms(with, readings))
                {
                    request = with;
                    break;
                }
            }
        }

        return request;
    }

    /// <summary>A user's request with the keys that AWS always sends with it, as far as the question asks about them.</summary>
    public AccessRequest WithSentKeys(AccessRequest request) => request with { Context = sentByUser ??= SentByUser() };

    private ImmutableArray<ContextEntry> SentByUser()
    {
        var sent = ImmutableArray.CreateBuilder<ContextEntry>();
        foreach ((string key, string value) in ((string, string)[])[.. Sent(query.AsOf), ("aws:userid", IdOfUser)])
        {
            string folded = key.ToLowerInvariant();
            if (asks.Contains(folded))
            {
                sent.Add(new ContextEntry(key, folded, ImmutableArray.Create(value)));
            }
        }

        return sent.ToImmutable();
    }

    private static (string Key, string Value)[] Sent(string day) =>
        [("aws:SecureTransport", "true"), ("aws:CurrentTime", day + "T12:00:00Z"), ("aws:EpochTime", day + "T12:00:00Z"), ("aws:RequestedRegion", "eu-west-1"),
            ("aws:UserAgent", "aws-cli/2"), ("aws:ViaAWSService", "false")];

    private bool Confirms(AccessRequest request, Reading readings)
    {
        comparisons += cost.Of(request);
        return comparisons <= MostComparisons && cost.TrySpend(request, budget) && IsConfirmed(request, readings);
    }

    private bool IsConfirmed(AccessRequest request, Reading readings) => WitnessReplay.Confirms(query, new Witness(request, readings, supposed))
        && possible.Has(request);

    private bool IsGiven(string foldedKey)
    {
        foreach (KeyValuePair<string, FieldPattern> given in query.Request.Context)
        {
            if (given.Key.Equals(foldedKey, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AlwaysSent(string foldedKey) => foldedKey is "aws:securetransport" or "aws:currenttime" or "aws:epochtime" or "aws:requestedregion"
        or "aws:useragent" or "aws:viaawsservice";

    /// <summary>Puts an action that a reader knows in the place of another of its service.</summary>
    private AccessRequest ExpectedAction(AccessRequest request, Reading readings)
    {
        if (query.Request.Action is null)
        {
            foreach (string name in ExpectedActions.InPlaceOf(request.Action))
            {
                if (ServiceCatalogue.Default.TryGetAction(name, out ServiceAction? action) && Doing(request, action, readings) is { } known)
                {
                    return known;
                }
            }
        }

        return request;
    }

    /// <summary>The request with another action, on a resource of its kind, if that shows the same.</summary>
    private AccessRequest? Doing(AccessRequest request, ServiceAction action, Reading readings)
    {
        if (!MayShow(action.FullName.ToLowerInvariant()))
        {
            return null;
        }

        foreach (string resource in resources.For(action, request))
        {
            AccessRequest real = On(request, resource) with { Action = action.FullName };

            // The evaluator first: it is by far the cheaper of the two, and most actions of a service show nothing.
            if (Confirms(real, readings) && (query.World == World.Free || WorldModel.IsInCatalogue(real)))
            {
                return real;
            }
        }

        return null;
    }

    /// <summary>Whether an action may show anything: it has to be one that a property describes, and one that a document allows. Most of a service are
    /// not.</summary>
    private bool MayShow(string foldedAction)
    {
        return (query.Property is not { } property || Grants(property)) && (query.Question is Question.Granted or Question.Equivalent
            || query.Subject is not { Document: { } alone, LetsThrough: false } || Grants(alone));

        bool Grants(PolicyDocument document) => document.Statements.Any(s => s.Effect == Effect.Allow && !s.Action.Patterns.IsEmpty
            && StatementSets.Of(s).Actions.Contains(foldedAction, Reading.None) != s.Action.IsNot);
    }

    /// <summary>Puts a real action, on a resource of its kind, in the place of an invented one.</summary>
    private AccessRequest RealAction(AccessRequest request, Reading readings)
    {
        if (query.Request.Action is not null || ServiceCatalogue.Default.TryGetAction(request.Action, out _))
        {
            return request;
        }

        // The action's own service, the resource's, and some that everybody knows.
        string prefix = request.Action.Split(':')[0];
        int tries = 0;
        foreach (string service in ((string[])[prefix, .. request.Resource.Split([':'], 4) is { Length: 4 } fields ? [fields[2]] : (string[])[], "s3", "iam",
            "sqs", "ec2"]).Distinct())
        {
            if (!ServiceCatalogue.Default.TryGetService(service, out Service? known))
            {
                continue;
            }

            foreach (ServiceAction action in known.Actions)
            {
                if (++tries > 400)
                {
                    return request;
                }

                if (Doing(request, action, readings) is { } real)
                {
                    return real;
                }
            }
        }

        return request;
    }

    /// <summary>Names that say what they are in the place of invented ones, where the question leaves them open.</summary>
    private AccessRequest RealNames(AccessRequest request, Reading readings)
    {
        AccessRequest best = request;
        if (query.Request.Principal is null && best.Principal.Account.Length > 0)
        {
            // The plainest caller that shows the same: of the account and partition that examples have, if any account will do.
            string[] accounts = asking.Account is { } fixedAccount ? [fixedAccount]
                : [QuestionCallers.SomeAccount, QuestionCallers.OtherAccount, best.Principal.Account];
            string[] partitions = best.Principal.Partition == "aws" ? ["aws"] : ["aws", best.Principal.Partition];
            _ = partitions.Any(partition => accounts.Any(account => ((string[])["role", "user"]).Any(kind =>
                CallerPrincipal.TryParse($"arn:{partition}:iam::{account}:{kind}/someone", query.Request.PrincipalType, out _) is { } caller
                    && Try(best with { Principal = caller }))));
        }
        else if (query.Request.Principal is null && best.Principal.Kind == PrincipalKind.Anonymous && !AnonymousCalls.Exist(best.Action))
        {
            Try(best with
            {
                Principal = CallerPrincipal.TryParse($"arn:aws:iam::{asking.Account ?? QuestionCallers.SomeAccount}:role/someone",
                query.Request.PrincipalType, out _) ?? best.Principal
            });
        }
        else if (query.Request.Principal is null && best.Principal.Kind is PrincipalKind.Service or PrincipalKind.Federated)
        {
            string plain = best.Principal.Kind == PrincipalKind.Service ? "lambda.amazonaws.com" : "accounts.google.com";
            Try(best with { Principal = CallerPrincipal.TryParse(plain, best.Principal.Kind, out _)! });
        }

        if (query.Request.Resource is null && ServiceCatalogue.Default.TryGetAction(best.Action, out ServiceAction? action))
        {
            // The first is the one that it has; where another is the plainest, and it has that already, there is nothing better.
            foreach (string resource in resources.For(action, best).Skip(1))
            {
                if (resource == request.Resource || (On(best, resource) is var renamed && WorldModel.IsInCatalogue(renamed) && Try(renamed)))
                {
                    break;
                }
            }
        }

        for (int i = 0; i < best.Context.Length; i++)
        {
            if (best.Context[i] is { FoldedKey: "aws:userid", Values.Length: 1 } id && !IsGiven(id.FoldedKey) && Plain(best.Principal) is { } plainId)
            {
                Try(best with { Context = best.Context.SetItem(i, id with { Values = ImmutableArray.Create(plainId) }) });
            }
            else if (best.Context[i] is { Values.Length: 1 } other && best.Principal.Partition.Length > 0 && !IsGiven(other.FoldedKey)
                && other.Values[0].Split([':'], 3) is { Length: 3 } fields && fields[0] == "arn" && fields[1] != best.Principal.Partition)
            {
                Try(best with
                {
                    Context = best.Context.SetItem(i,
                    other with { Values = ImmutableArray.Create($"arn:{best.Principal.Partition}:{fields[2]}") })
                });
            }

            if (best.Context[i] is { FoldedKey: "aws:requestedregion", Values.Length: 1 } entry && !IsGiven(entry.FoldedKey))
            {
                foreach (string region in ExampleRegions)
                {
                    if (Try(best with { Context = best.Context.SetItem(i, entry with { Values = ImmutableArray.Create(region) }) }))
                    {
                        break;
                    }
                }
            }
        }

        return best;

        bool Try(AccessRequest candidate)
        {
            if (!Confirms(candidate, readings))
            {
                return false;
            }

            best = candidate;
            return true;
        }
    }

    /// <summary>An id that AWS could have given the caller.</summary>
    private static string? Plain(CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.User => IdOfUser,
        PrincipalKind.Role => "AROAIOSFODNN7EXAMPLE1:session",
        PrincipalKind.AssumedRole => "AROAIOSFODNN7EXAMPLE1:" + caller.Session,
        PrincipalKind.Root => caller.Account,
        PrincipalKind.FederatedUser => $"{caller.Account}:{caller.Path}",
        PrincipalKind.Anonymous => "anonymous",
        _ => null,
    };

    /// <summary>Resources for an action, that of the request first.</summary>
    public IEnumerable<string> Resources(ServiceAction action, AccessRequest request) => resources.For(action, request);

    /// <summary>The request on another resource: one whose ARN names its account needs no saying whose it is.</summary>
    public AccessRequest On(AccessRequest request, string resource) =>
        request with
        {
            Resource = resource,
            ResourceAccount = query.Request.ResourceAccount
                ?? (resource != "*" && ArnFields.AccountOf(resource) is null ? request.ResourceAccount : null)
        };
}
