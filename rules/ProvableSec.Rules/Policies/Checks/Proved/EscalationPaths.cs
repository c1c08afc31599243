using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>The ways to more access that an identity policy opens alone; each action of a way is shown to be allowed by a request.</summary>
internal sealed class EscalationPaths
{
    private readonly CheckedPolicy policy;
    private readonly CheckedStatement[] allowing;
    private readonly SomebodyElses elses;
    private readonly Dictionary<string, bool> may = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Witness?> known = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<EscalationPath>> open;
    private PolicyDocument? document;

    public EscalationPaths(CheckedPolicy policy)
    {
        this.policy = policy;
        allowing = [.. policy.Statements.Where(statement => statement is { IsAllow: true, Action: not null })];
        elses = new SomebodyElses(policy);
        open = new Lazy<IReadOnlyList<EscalationPath>>(FindOpen, isThreadSafe: false);
    }

    /// <summary>The ways; none for an administrator, who needs none.</summary>
    public IReadOnlyList<EscalationPath> Open => open.Value;

    /// <summary>The actions of a way.</summary>
    public static IEnumerable<string> ActionsOf(EscalationPath path) => path.PassedTo is null ? path.Actions : path.Actions.Append("iam:PassRole");

    /// <summary>Whether a pattern of an Allow matches the action on something that the policy does not name; what none matches needs no proof that it is not
    /// allowed.</summary>
    public bool Maybe(string action)
    {
        if (!may.TryGetValue(action, out bool possible))
        {
            may.Add(action, possible = MayAllow(action));
        }

        return possible;
    }

    /// <summary>A request for the action that the policy allows.</summary>
    public Witness? Allowed(string action, string? passedTo)
    {
        string key = action + passedTo;
        if (!known.TryGetValue(key, out Witness? found))
        {
            found = (passedTo is null ? LikeOneOf(known.Values, document!, action, elses.ResourcesOf(action)) : null) ?? Asked(action, passedTo);
            known.Add(key, found);
        }

        return found;
    }

    /// <summary>Where the policy allows an action.</summary>
    public JsonItem? PlaceOf(string action)
    {
        CheckedStatement? first = allowing.FirstOrDefault(statement => Covers(statement, action));
        return first is null ? null : first.Action!.IsNot ? first.Action.Property.NameElement
            : first.Action.Items.First(item => ActionNames.Covers(item.Text, action)).Element;
    }

    private IReadOnlyList<EscalationPath> FindOpen()
    {
        // Many paths share an action.
        EscalationPath[] candidates = policy.Type == PolicyType.Identity ? [.. EscalationPath.All.Where(path => ActionsOf(path).All(Maybe))] : [];
        if (candidates.Length == 0 || policy.Proved.AdministratorStatement is not null || (document = policy.Proved.Document) is null)
        {
            return [];
        }

        CheckedStatement[] plain = policy.Statements.All(statement => statement.IsAllow)
            ? [.. allowing.Where(statement => statement is { ConditionElement: null, Resource: { IsNot: false } named, Action: { } actions }
                && actions.Items.All(item => item.IsKnown) && named.Items.Any(item => item.Text == "*"))]
            : [];
        return [.. candidates.Where(path => path.Actions.All(action => IsAllowed(action, null))
            && (path.PassedTo is null || IsAllowed("iam:PassRole", path.PassedTo)))];

        // What an Allow without condition gives on everything, and no Deny may take back, needs no proof; most broad policies are of this kind.
        bool IsAllowed(string action, string? passedTo) => plain.Any(statement => Covers(statement, action)) || Allowed(action, passedTo) is not null;
    }

    private Witness? Asked(string action, string? passedTo)
    {
        Query query = ProvableText.Ask(Question.NotGranted, About(document!, action),
            policy.Type) with
        {
            Property = ProvableText.Allowing(action, elses.ResourcesOf(action), passedTo is null ? null : "iam:PassedToService",
                passedTo)
        };
        return policy.Proved.Answer(query) is { Verdict: Verdict.Violated, Witness: { } shown } ? shown : null;
    }

    /// <summary>
    /// A request already found, with another action of the same service on the same resource, if the policy allows it: who asks, from where, and what is known
    /// of the resource is as possible for the one as for the other. What the request itself says, such as tags to be set, is not.
    /// </summary>
    private static Witness? LikeOneOf(IEnumerable<Witness?> found, PolicyDocument document, string action, IReadOnlyList<string> resources)
    {
        foreach (Witness? witness in found)
        {
            if (witness is { Request: var request } && SameService(request.Action, action) && resources.Contains(request.Resource)
                && request.Context.All(entry => IsOfCallerOrResource(entry.Key))
                && witness with { Request = request with { Action = action } } is var likely
                && Evaluator.AllowsAlone(document, PolicyStack.Empty, likely.Request, likely.Readings))
            {
                return likely;
            }
        }

        return null;
    }

    private static bool SameService(string action, string other) =>
        string.Compare(action, 0, other, 0, other.IndexOf(':') + 1, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsOfCallerOrResource(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
        && !key.StartsWith("aws:RequestTag/", StringComparison.OrdinalIgnoreCase) && !key.Equals("aws:TagKeys", StringComparison.OrdinalIgnoreCase);

    /// <summary>The document without the Allow statements that are about other actions.</summary>
    private PolicyDocument About(PolicyDocument document, string action) =>
        document.Where(statement => statement.Effect == Effect.Deny || Covers(policy.Statements[statement.Index], action));

    private bool MayAllow(string action)
    {
        CheckedStatement[] covering = [.. allowing.Where(statement => Covers(statement, action))];
        IReadOnlyList<string> resources = covering.Length == 0 ? [] : elses.ResourcesOf(action);
        return covering.Any(statement => statement.Resource is { } named
            && (named.IsNot || named.Items.Any(item => resources.Any(resource => GlobText.Overlap(item.Text, resource)))));
    }

    private static bool Covers(CheckedStatement statement, string action) =>
        statement.Action!.IsNot != statement.Action.Items.Any(item => ActionNames.Covers(item.Text, action));
}
