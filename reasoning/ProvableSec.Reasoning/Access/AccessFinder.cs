using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// Answers who can and what can over the accounts of a dump, by lines that the prover confirms one by one: each is allowed, and nothing outside
/// them is. Principals whose policies cannot tell them apart are asked about once.
/// </summary>
public sealed class AccessFinder
{
    private const string AssumeRole = "sts:AssumeRole*";

    private readonly AccessQuestion question;
    private readonly Action<int> progress;
    private readonly CancellationToken cancellationToken;
    private readonly StackIdentity identity = new();
    private readonly Dictionary<string, StackAccess> answered = new(StringComparer.Ordinal);
    private readonly AccessLines lines = new();
    private readonly Dictionary<string, ImmutableArray<AccessStop>?> stops = new(StringComparer.Ordinal);
    private readonly List<(string Principal, ImmutableArray<AccessStop> By)> stopped = [];
    private readonly AccessBudget budget;

    private AccessFinder(AccessQuestion question, Action<int> progress, CancellationToken cancellationToken)
    {
        this.question = question;
        budget = new AccessBudget(question.TotalBudget);
        this.progress = progress;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>Answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="progress">Is told of each principal that has been asked about.</param>
    /// <param name="cancellationToken">Ends the search early; what is left is undecided.</param>
    public static AccessAnswer Answer(AccessQuestion question, Action<int>? progress = null, CancellationToken cancellationToken = default) =>
        new AccessFinder(question, progress ?? (_ => { }), cancellationToken).Run();

    /// <summary>The policies that decide for a principal of a dump, on a resource of its own account that has none.</summary>
    public static PolicyStack StackOf(AccountPrincipal principal, OrganizationControls controls) => PolicyStack.Empty with
    {
        IdentityPolicies = principal.IdentityPolicies,
        PermissionsBoundary = principal.PermissionsBoundary,
        ServiceControlPolicies = controls.ServiceControlLevels(principal.Caller.Account),
        ResourceControlPolicies = controls.ResourceControlLevels(principal.Caller.Account),
        Organization = Around(controls.Organization, principal.Caller.Account),
        Account = principal.Caller.Account,
    };

    /// <summary>An organization as far as the accounts of a request go, whose keys no other account bears on.</summary>
    private static Organization? Around(Organization? organization, params string[] accounts) => organization is null ? null : organization with
    {
        Accounts = accounts.Where(organization.Accounts.ContainsKey).Distinct().ToImmutableDictionary(a => a, a => organization.Accounts[a],
            StringComparer.Ordinal),
    };

    private AccessAnswer Run()
    {
        AccountPrincipal[] asked = [.. question.Dump.Principals.Concat(question.WithRootUsers ? RootUsers() : [])
            .Where(p => question.Principal is null || p.Caller.Name == question.Principal)];
        AccountPrincipal[] assumable = [.. question.Dump.Principals.Where(IsAskedToBeAssumed)];
        foreach (AccountPrincipal principal in asked)
        {
            if (principal.Undecided is { } reason)
            {
                lines.AddUndecided(principal.Caller.Name, reason);
            }
            else
            {
                AskAbout(principal, assumable);
            }

            progress(1);
        }

        foreach (AccountPrincipal role in assumable)
        {
            if (role.TrustUndecided is { } reason)
            {
                lines.AddUndecided(question.Principal ?? "*", $"who may assume {role.Caller.Name}: {reason}");
            }
            else if (question.Principal is null)
            {
                AskAboutTheUnlisted(role.TrustPolicy!, role.Caller.Name, (principal, stack) => AskToAssume(principal, stack, role));
            }
        }

        foreach (ResourceWithPolicy resource in question.Resources)
        {
            foreach (string on in AskedOf(resource))
            {
                if (question.Principal is null)
                {
                    AskAboutTheUnlisted(resource.Policy, $"the policy of {on}",
                        (principal, stack) => Ask(principal, With(stack, resource, ""), question.Actions, on, resource.Account, null, resource), on);
                }
            }
        }

        AccessCell? keys = AccessCell.Everything.Within(question.Actions, question.Resource);
        if (keys is not null && !keys.MayBeOther(RequestsNotAsked.All[1]))
        {
            lines.AddUndecided("*", "calls on KMS keys need the key's policy, which is not in an account dump");
        }

        return lines.ToAnswer(asked.Length, answered.Count) with
        {
            Stopped = stopped.GroupBy(one => string.Join("\n", one.By.Select(stop => stop.Key))).Select(same => new StoppedAccess(
                same.Select(one => one.Principal).OrderBy(name => name, StringComparer.Ordinal).ToImmutableArray(), same.First().By))
                .OrderBy(one => one.Principals[0], StringComparer.Ordinal).ToImmutableArray(),
        };
    }

    /// <summary>The root users of the accounts of the dump: nothing has to allow them anything (IAM User Guide, "AWS account root user").</summary>
    private IEnumerable<AccountPrincipal> RootUsers() => question.Dump.Principals
        .Select(principal => CallerPrincipal.TryParse($"arn:{principal.Caller.Partition}:iam::{principal.Caller.Account}:root", null, out _))
        .OfType<CallerPrincipal>().GroupBy(root => root.Name).Select(same => new AccountPrincipal
        {
            Caller = same.First(),
            IdentityPolicies = ImmutableArray.Create(OrganizationControls.FullAccess),
        });

    private void AskAbout(AccountPrincipal principal, IEnumerable<AccountPrincipal> assumable)
    {
        CallerPrincipal caller = principal.Caller;
        PolicyStack stack = StackOf(principal, question.Controls);
        string? named = ArnFields.AccountOf(question.Resource);
        if (named is null || named == caller.Account)
        {
            Ask(principal, stack, question.Actions, question.Resource, caller.Account, null);
        }

        foreach (ResourceWithPolicy resource in question.Resources)
        {
            foreach (string on in AskedOf(resource))
            {
                Ask(principal, With(stack, resource, caller.Account), question.Actions, on, resource.Account, null, resource);
            }
        }

        // The root user cannot assume roles (AWS STS API Reference, AssumeRole).
        foreach (AccountPrincipal role in caller.Kind == PrincipalKind.Root ? [] : assumable)
        {
            if (role.TrustPolicy is { } trust && trust.Statements.Any(s => s.Effect == Effect.Allow && PrincipalNames.MayName(s.Principal, caller)))
            {
                AskToAssume(principal, stack, role);
            }
        }
    }

    /// <summary>A stack on a resource whose policy is known.</summary>
    private PolicyStack With(PolicyStack stack, ResourceWithPolicy resource, string account) => stack with
    {
        ResourcePolicy = resource.Policy,
        ResourceControlPolicies = question.Controls.ResourceControlLevels(resource.Account),
        Organization = Around(question.Controls.Organization, account, resource.Account),
    };

    /// <summary>What of a resource is asked about, by patterns.</summary>
    private IEnumerable<string> AskedOf(ResourceWithPolicy resource)
    {
        foreach (string pattern in resource.Patterns)
        {
            if (question.Resource is not { } asked || PatternSymbols.OfText(asked).Covers(PatternSymbols.OfText(pattern)))
            {
                yield return pattern;
            }
            else if (PatternSymbols.OfText(pattern).Covers(PatternSymbols.OfText(asked)))
            {
                yield return asked;
            }
            else if (PatternSymbols.OfText(pattern).MayMeet(PatternSymbols.OfText(asked)))
            {
                lines.AddUndecided("*", $"{asked} is only partly in {pattern}, which has a policy; ask about one of them");
            }
        }
    }

    /// <summary>Services and providers that a trust or resource policy names; of accounts outside the dump nobody's policies are known.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="name">What has it.</param>
    /// <param name="ask">Asks about a caller.</param>
    /// <param name="resource">The resource; null for a role.</param>
    private void AskAboutTheUnlisted(PolicyDocument policy, string name, Action<AccountPrincipal, PolicyStack> ask, string? resource = null)
    {
        Statement[] allows = [.. policy.Statements.Where(s => s.Effect == Effect.Allow
            && (resource is null || AccessCell.Everything.Within(question.Actions, resource)?.With(s) is not null))];
        if (allows.Any(s => s.Principal is { IsNot: true }))
        {
            lines.AddUndecided("*", $"{name} trusts all but those that a NotPrincipal names, and who they are is not in the dump");
        }

        foreach (PrincipalEntry entry in allows.Where(s => s.Principal is { IsNot: false })
            .SelectMany(s => s.Principal?.Entries ?? ImmutableArray<PrincipalEntry>.Empty).Select(e => e with { Span = default }).Distinct())
        {
            PrincipalKind? kind = entry.Kind switch
            {
                PrincipalEntryKind.Service => PrincipalKind.Service,
                PrincipalEntryKind.Federated => PrincipalKind.Federated,
                _ => null,
            };
            if (kind is not null && CallerPrincipal.TryParse(entry.Value, kind, out _) is { } caller)
            {
                ask(new AccountPrincipal { Caller = caller }, PolicyStack.Empty);
            }
            else if (!question.Dump.Principals.Any(p => p.Caller.Name == entry.Value || PrincipalNames.AccountOf(entry) == p.Caller.Account))
            {
                lines.AddUndecided(entry.Value, $"{name} trusts it, and its policies are not in the dump");
            }
        }
    }

    private void AskToAssume(AccountPrincipal principal, PolicyStack stack, AccountPrincipal role) => Ask(
        principal,
        stack with
        {
            ResourcePolicy = role.TrustPolicy,
            ResourceControlPolicies = question.Controls.ResourceControlLevels(role.Caller.Account),
            Organization = Around(question.Controls.Organization, principal.Caller.Account, role.Caller.Account),
        },
        [.. AssumeActions()],
        role.Caller.Name,
        role.Caller.Account,
        role.Caller.Name);

    private void Ask(AccountPrincipal principal, PolicyStack stack, IReadOnlyList<string> actions, string? resource, string resourceAccount, string? role,
        ResourceWithPolicy? with = null)
    {
        CallerPrincipal caller = principal.Caller;
        bool byAccount = resource is not null && StackIdentity.NamesAccount(resource);
        string key = $"{identity.Of(stack, caller)}\n{role}\n{(byAccount ? caller.Account : "")}\n{(with is null ? "" : resource)}";
        if (!answered.TryGetValue(key, out StackAccess? access))
        {
            var proposal = new AccessProposal(stack, caller, actions, resource, ownPoliciesSuffice: with is not null);
            access = StackAccess.Find(
                new Query
                {
                    Question = Question.NotGranted,
                    Subject = Subject.Of(stack),
                    TypeFrom = PolicyTypeOrigin.Stack,
                    Request = new RequestPattern
                    {
                        Principal = FieldPattern.Literal(caller.Name),
                        PrincipalType = caller.Kind,
                        Action = actions.Contains("*") ? null : new FieldPattern(false, ImmutableArray<string>.Empty, actions.ToImmutableArray()),
                        Resource = role is not null ? FieldPattern.Literal(role) : resource is null ? null : FieldPattern.Matching(resource),
                        ResourceAccount = resourceAccount,
                        Context = TagsOf(principal, stack),
                    },
                    Budget = question.Budget,
                    World = question.World,
                    AsOf = question.AsOf,
                    DefaultReadingsOnly = question.DefaultReadingsOnly,
                    Explain = false,
                    Expected = Verdict.Holds,
                },
                proposal.Cells,
                proposal.Denies,
                role is not null ? ImmutableArray<Statement>.Empty : with is not null ? RequestsNotAsked.All
                    : RequestsNotAsked.All.AddRange(question.Resources.SelectMany(RequestsNotAsked.On)),
                budget,
                cancellationToken);
            answered.Add(key, access);
            lines.AddProofs(access);
        }

        lines.Add(caller.Name, resourceAccount == caller.Account ? null : resourceAccount, access);
        if (role is null && with is null && access is { Lines.Count: 0, Undecided: null } && !actions.Contains("*")
            && StopsOf(key, stack, caller, access.Asked) is { } by)
        {
            stopped.Add((caller.Name, by));
        }
    }

    private ImmutableArray<AccessStop>? StopsOf(string key, PolicyStack stack, CallerPrincipal caller, Query asked)
    {
        if (!stops.TryGetValue(key, out ImmutableArray<AccessStop>? by))
        {
            PolicyStack own = stack with { PermissionsBoundary = null, ServiceControlPolicies = null, ResourceControlPolicies = null };
            // What no statement of its own policies can allow needs no question.
            by = new AccessProposal(own, caller, question.Actions, question.Resource).Cells() is not { } cells || cells.Any(cell => !cell.IsFree)
                ? new AccessStops(asked, RequestsNotAsked.All.AddRange(question.Resources.SelectMany(RequestsNotAsked.On)), budget,
                    cancellationToken).Of(stack) : null;
            stops.Add(key, by);
        }

        return by;
    }

    /// <summary>A user's tags are what the dump says. A role's session may override its role's tags, so they are left open.</summary>
    internal static ImmutableArray<KeyValuePair<string, FieldPattern>> TagsOf(AccountPrincipal principal, PolicyStack stack)
    {
        const string Prefix = "aws:principaltag/";
        if (principal.Caller.Kind != PrincipalKind.User)
        {
            return ImmutableArray<KeyValuePair<string, FieldPattern>>.Empty;
        }

        return stack.Documents().SelectMany(d => d.Document.Statements).SelectMany(StackIdentity.KeysOf)
            .Where(k => k.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .GroupBy(k => k.ToLowerInvariant(), StringComparer.Ordinal)
            .Select(same => new KeyValuePair<string, FieldPattern>(
                same.First(),
                principal.Tags.Where(t => t.Key.Equals(same.Key.Substring(Prefix.Length), StringComparison.OrdinalIgnoreCase))
                    .Select(t => FieldPattern.Literal(t.Value)).FirstOrDefault() ?? FieldPattern.Absent))
            .ToImmutableArray();
    }

    private bool IsAskedToBeAssumed(AccountPrincipal principal) => principal.Caller.Kind == PrincipalKind.Role && AssumeActions().Count > 0
        && (question.Resource is null || PatternSymbols.OfText(question.Resource).Covers(PatternSymbols.OfText(principal.Caller.Name)));

    private List<string> AssumeActions() =>
        AccessCell.Everything.Within(question.Actions, null)!.Within([AssumeRole], null) is { } cell ? [.. cell.Actions.Select(a => a.Text)] : [];

}
