using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Escalation;

/// <summary>
/// Finds the steps between the users and roles of account dumps: assuming a role, taking over a user or role, passing a role to a service that runs what one
/// likes, giving oneself a policy. Each step is one of the ways of <see cref="EscalationPath"/>, asked about these users and roles.
/// </summary>
internal sealed class EscalationFinder
{
    /// <summary>Engine steps that all questions together may cost unless somebody says otherwise.</summary>
    public const long DefaultBudget = 20_000_000;

    private const long BudgetOfQuestion = 2_000_000;

    /// <summary>Ways to get someone's credentials, by their ARN.</summary>
    private static readonly string[] TakesUser = ["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"];

    private static readonly string[] GivesUser = ["iam:PutUserPolicy", "iam:AttachUserPolicy"], GivesRole = ["iam:PutRolePolicy", "iam:AttachRolePolicy"];

    private readonly AccountDump dump;
    private readonly OrganizationControls controls;
    private readonly List<EscalationStep> steps = [], open = [];
    private readonly long budget;
    private readonly bool asksEach;

    /// <summary>Of the user or role that is asked about: whether an action is allowed on any resource of its account.</summary>
    private readonly Dictionary<(string Action, string? PassedTo), Answer> anywhere = [];
    private long spent;

    private EscalationFinder(AccountDump dump, OrganizationControls controls, long budget, bool asksEach)
    {
        this.budget = budget;
        this.asksEach = asksEach;
        this.dump = dump;
        this.controls = controls;
    }

    /// <summary>The graph of some accounts.</summary>
    /// <param name="dump">The users and roles.</param>
    /// <param name="controls">The control policies above them.</param>
    /// <param name="progress">Is told of each user or role that has been asked about.</param>
    /// <param name="budget">Engine steps that all questions together may cost; users and roles that are left by then are undecided.</param>
    /// <param name="asksEach">Whether each pair is asked about by itself, which is what a test compares with.</param>
    public static EscalationGraph Find(AccountDump dump, OrganizationControls controls, Action<int> progress, long budget = DefaultBudget,
        bool asksEach = false) => new EscalationFinder(dump, controls, budget, asksEach).Run(progress);

    private EscalationGraph Run(Action<int> progress)
    {
        var administrators = new HashSet<string>(StringComparer.Ordinal);
        var undecided = new List<(string, string)>();
        AccountPrincipal[] known = [.. dump.Principals.Where(principal => principal.Undecided is null)];
        undecided.AddRange(dump.Principals.Where(principal => principal.Undecided is not null)
            .Select(principal => (principal.Caller.Name, principal.Undecided!)));
        foreach (AccountPrincipal principal in known)
        {
            if (IsAdministrator(principal))
            {
                administrators.Add(principal.Caller.Name);
            }
        }

        foreach (AccountPrincipal principal in known)
        {
            if (!administrators.Contains(principal.Caller.Name))
            {
                if (!IsExhausted)
                {
                    FindSteps(principal);
                }

                // What was found of it stays; what was not is not concluded to be missing.
                if (IsExhausted)
                {
                    undecided.Add((principal.Caller.Name, $"the budget of {budget} steps for all questions about the accounts is used up; --budget raises it"));
                }
            }

            progress(1);
        }

        return new EscalationGraph([.. dump.Principals.Select(principal => principal.Caller.Name)], administrators, steps, open, undecided);
    }

    /// <summary>
    /// Whether the principal's own policies allow everything, and its boundary does. Control policies stand above administrators, too, so they do not make one
    /// less of it; and what a key's policy or a role's trust forbids, an administrator can allow.
    /// </summary>
    private bool IsAdministrator(AccountPrincipal principal)
    {
        Statement[] statements = [.. principal.IdentityPolicies.SelectMany(policy => policy.Statements)];
        return statements.Any(statement => statement.Effect == Effect.Allow
            && (statement.Action.IsNot || statement.Action.Patterns.Any(pattern => pattern.Text == "*")))
            && AllowsEverything(new PolicyDocument(ProvableText.Everything.Source, ProvableText.Everything.Version, true, null, statements.ToImmutableArray(),
                ImmutableArray<PolicyProblem>.Empty))
            && (principal.PermissionsBoundary is null || AllowsEverything(principal.PermissionsBoundary));
    }

    private bool AllowsEverything(PolicyDocument document) => !IsExhausted
        && Answer(ProvableText.Ask(Question.Granted, document, PolicyType.Identity) with
        {
            Property = ProvableText.Everything,
            Budget = BudgetOfQuestion,
            VerdictOnly = true
        }).Verdict == Verdict.Holds;

    private void FindSteps(AccountPrincipal from)
    {
        anywhere.Clear();
        PolicyStack stack = AccessFinder.StackOf(from, controls);
        bool isUser = from.Caller.Kind == PrincipalKind.User;
        foreach (string action in isUser ? GivesUser : GivesRole)
        {
            Add(from, EscalationGraph.Administrator, $"{action} on itself", Allowed(from, stack, action, from.Caller.Name));
        }

        foreach (EscalationPath path in EscalationPath.All.Where(path => path.PassedTo is null && !IsAskedBySubject(path)))
        {
            Add(open, from, "", string.Join(" and ", path.Actions), Proofs(path));
        }

        // Asked once for all roles: the role plays no part in what the service is told to run.
        (EscalationPath Path, Witness?[] Proofs)[] passing = [.. EscalationPath.All.Where(path => path.PassedTo is not null)
            .Select(path => (path, Proofs(path))).Where(way => way.Item2.All(proof => proof is not null))];
        foreach (AccountPrincipal to in dump.Principals.Where(to => to != from && to.Caller.Account == from.Caller.Account))
        {
            if (to.Caller.Kind == PrincipalKind.User)
            {
                foreach (string action in TakesUser)
                {
                    Add(from, to.Caller.Name, action, AllowedOn(to, from, stack, action));
                }

                continue;
            }

            AddAssumption(from, stack, to);
            Add(from, to.Caller.Name, "iam:UpdateAssumeRolePolicy", AllowedOn(to, from, stack, "iam:UpdateAssumeRolePolicy"));
            foreach ((EscalationPath path, Witness?[] proofs) in passing.Where(way => Trusts(to, way.Path.PassedTo!)))
            {
                Witness? passed = AllowedOn(to, from, stack, "iam:PassRole", path.PassedTo);
                Add(from, to.Caller.Name, $"iam:PassRole with {string.Join(" and ", path.Actions)}", [passed, .. proofs]);
            }
        }

        foreach (AccountPrincipal other in dump.Principals.Where(to => to != from && to.Caller.Account != from.Caller.Account
            && to.Caller.Kind == PrincipalKind.Role))
        {
            AddAssumption(from, stack, other);
        }

        Witness?[] Proofs(EscalationPath path) => [.. path.Actions.Select(action => Allowed(from, stack, action, null))];
    }

    /// <summary>Ways that are asked about user by user and role by role.</summary>
    private static bool IsAskedBySubject(EscalationPath path) => path.Actions is [var only]
        && (TakesUser.Contains(only) || GivesUser.Contains(only) || GivesRole.Contains(only) || only is "sts:AssumeRole" or "iam:UpdateAssumeRolePolicy");

    private void AddAssumption(AccountPrincipal from, PolicyStack stack, AccountPrincipal role)
    {
        if (role.TrustPolicy is { } trust && trust.Statements.Any(statement => statement is { Effect: Effect.Allow, Principal: { } named }
            && (named.IsNot || named.Entries.Any(entry => entry.Kind is not (PrincipalEntryKind.Service or PrincipalEntryKind.Federated)))))
        {
            PolicyStack assuming = stack with { ResourcePolicy = trust, ResourceControlPolicies = controls.ResourceControlLevels(role.Caller.Account) };
            bool byAccount = role.Caller.Account == from.Caller.Account && trust.Statements.Where(statement => statement.Effect == Effect.Allow)
                .All(statement => statement.Principal is { IsNot: false } named && named.Entries.All(entry => NamesAccount(entry, from.Caller)));
            Add(from, role.Caller.Name, "sts:AssumeRole", byAccount
                ? AllowedOn(role, from, assuming, "sts:AssumeRole") : Allowed(from, assuming, "sts:AssumeRole", role.Caller.Name));
        }
    }

    /// <summary>Whether a role lets a service have it, which is what its trust policy says with or without conditions about who asked.</summary>
    private static bool Trusts(AccountPrincipal role, string service) => role.TrustPolicy is { } trust
        && trust.Statements.Any(statement => statement is { Effect: Effect.Allow, Principal.IsNot: false }
            && statement.Principal.Entries.Any(entry => entry.Kind == PrincipalEntryKind.Service && entry.Value == service))
        && !trust.Statements.Any(statement => statement.Effect == Effect.Deny);

    private Witness? Allowed(AccountPrincipal from, PolicyStack stack, string action, string? resource) =>
        MayAllow(from, stack, action, resource) ? Shown(Ask(from, stack, action, resource, null)) : null;

    private Witness? Shown(Query query) => Answer(query) is { Verdict: Verdict.Holds, Witness: { } witness } ? witness : null;

    /// <summary>False where no Allow has a pattern that may match, or nothing more is asked.</summary>
    private bool MayAllow(AccountPrincipal from, PolicyStack stack, string action, string? resource)
    {
        // Among thousands of users and roles even the look adds up.
        spent += from.IdentityPolicies.Length;
        return !IsExhausted && (stack.ResourcePolicy is not null || from.IdentityPolicies.SelectMany(policy => policy.Statements).Any(statement =>
            statement.Effect == Effect.Allow
            && statement.Action.IsNot != statement.Action.Patterns.Any(pattern => ActionNames.Covers(pattern.Text, action))
            && (asksEach || resource is null || statement.Resource is not { IsNot: false } named
                || named.Patterns.Any(pattern => GlobText.Overlap(pattern.Text, resource, foldCase: true)))));
    }

    /// <summary>Whether an entry of a trust policy is no one of the account, or the account as a whole, so that the caller's own policies must allow too (IAM
    /// User Guide, "AWS account principals").</summary>
    private static bool NamesAccount(PrincipalEntry entry, CallerPrincipal caller) => entry.Kind switch
    {
        PrincipalEntryKind.Everyone => false,
        PrincipalEntryKind.Aws => CallerPrincipal.TryParse(entry.Value, null, out _) is { } named
            && (named.Kind == PrincipalKind.Root || (named.Kind is PrincipalKind.User or PrincipalKind.Role && named.Name != caller.Name)),
        _ => true,
    };

    /// <summary>
    /// Whether an action is allowed on a user or role. Most have nothing that tells one resource from another, so that it is asked once whether it is allowed
    /// on any: where it is not, on none; where it is, the same request is tried on this one.
    /// </summary>
    private Witness? AllowedOn(AccountPrincipal to, AccountPrincipal from, PolicyStack stack, string action, string? passedTo = null)
    {
        string resource = to.Caller.Name;
        if (!MayAllow(from, stack, action, resource))
        {
            return null;
        }

        if (!asksEach && OnAny(from, stack, action, passedTo) is { Verdict: not Verdict.Unknown } any)
        {
            if (any.Witness is not { } witness)
            {
                return null;
            }

            Witness here = witness with { Request = witness.Request with { Resource = resource } };
            if (Evaluator.Decide(here.Under(stack), here.Request, here.Readings).IsAllowed)
            {
                return here;
            }
        }

        return Shown(Ask(from, stack, action, resource, passedTo));
    }

    /// <summary>Whether an action is allowed on any resource of the caller's account; of a role, if its trust policy left it to the account.</summary>
    private Answer OnAny(AccountPrincipal from, PolicyStack stack, string action, string? passedTo)
    {
        if (!anywhere.TryGetValue((action, passedTo), out Answer? known))
        {
            PolicyStack asked = stack.ResourcePolicy is null ? stack : stack with { ResourcePolicy = TrustOf(from.Caller.Account) };
            known = Answer(Ask(from, asked, action, null, passedTo));
            anywhere.Add((action, passedTo), known);
        }

        return known;
    }

    /// <summary>A role's trust policy that leaves it to an account who may assume it.</summary>
    private static PolicyDocument TrustOf(string account) => PolicyReader.Read(new DocumentText(
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{{account}}}"},"Action":"sts:AssumeRole"}}"""));

    private bool IsExhausted => spent >= budget;

    private Answer Answer(Query query)
    {
        Answer answer = Prover.Answer(query with { Budget = Math.Min(query.Budget, Math.Max(0, budget - spent)) });
        spent += answer.Steps;
        return answer;
    }

    private static Query Ask(AccountPrincipal from, PolicyStack stack, string action, string? resource, string? passedTo) => new()
    {
        Question = Question.Can,
        Subject = Subject.Of(stack),
        TypeFrom = PolicyTypeOrigin.Stack,
        Budget = BudgetOfQuestion,
        Explain = false,
        DefaultReadingsOnly = true,
        Request = new RequestPattern
        {
            Principal = FieldPattern.Literal(from.Caller.Name),
            PrincipalType = from.Caller.Kind,
            Action = FieldPattern.Literal(action),
            Resource = resource is null ? null : FieldPattern.Literal(resource),
            ResourceAccount = resource is null ? from.Caller.Account : null,
            Context = passedTo is null ? AccessFinder.TagsOf(from, stack)
                : AccessFinder.TagsOf(from, stack).Add(new KeyValuePair<string, FieldPattern>("iam:PassedToService", FieldPattern.Literal(passedTo))),
        },
    };

    private void Add(AccountPrincipal from, string to, string way, params Witness?[] proofs) => Add(steps, from, to, way, proofs);

    private static void Add(List<EscalationStep> to, AccountPrincipal from, string whom, string way, Witness?[] proofs)
    {
        if (proofs.All(proof => proof is not null))
        {
            to.Add(new EscalationStep(from.Caller.Name, whom, way, [.. proofs.Select(proof => proof!)]));
        }
    }
}
