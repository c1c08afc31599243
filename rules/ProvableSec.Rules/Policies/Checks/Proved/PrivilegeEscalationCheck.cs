using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Ways by which the holder of a policy alone gets what others may do; each action of a way is shown to be allowed by a request.</summary>
internal sealed class PrivilegeEscalationCheck() : PolicyCheck(new Rule(
    "PSEC2003",
    "A way to more access than the policy gives",
    RuleSeverity.Warning,
    "The actions let their holder change who may do what, or act through a role that is not his, on users, roles or resources that the policy does not name: he can do more than the policy says.",
    "Name in Resource what the actions are needed for, or leave one action of each way out; an administrator needs no such detour.",
    269))
{
    private const int MostShown = 4;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        CheckedStatement[] allowing = [.. policy.Statements.Where(statement => statement is { IsAllow: true, Action: not null })];
        if (policy.Type != PolicyType.Identity || allowing.Length == 0)
        {
            return;
        }

        // What no pattern of an Allow matches needs no proof that it is not allowed. Many paths share an action.
        var elses = new SomebodyElses(policy);
        var may = new Dictionary<string, bool>(StringComparer.Ordinal);
        EscalationPath[] candidates = [.. EscalationPath.All.Where(path => path.Actions.All(Maybe) && (path.PassedTo is null || Maybe("iam:PassRole")))];
        // An administrator needs no way up.
        if (candidates.Length == 0 || policy.Proved.AdministratorStatement is not null || policy.Proved.Document is not { } document)
        {
            return;
        }

        CheckedStatement[] plain = policy.Statements.All(statement => statement.IsAllow)
            ? [.. allowing.Where(statement => statement is { ConditionElement: null, Resource: { IsNot: false } named, Action: { } actions } && actions.Items.All(item => item.IsKnown) && named.Items.Any(item => item.Text == "*"))]
            : [];
        var known = new Dictionary<string, Witness?>(StringComparer.Ordinal);
        EscalationPath[] open = [.. candidates.Where(path => path.Actions.All(action => IsAllowed(action, null)) && (path.PassedTo is null || IsAllowed("iam:PassRole", path.PassedTo)))];
        if (open.Length == 0 || Allowed(open[0].Actions[0], null) is not { } witness)
        {
            return;
        }

        CheckedStatement first = allowing.First(statement => Covers(statement, open[0].Actions[0]));
        CheckedText? at = first.Action!.IsNot ? null : first.Action.Items.First(item => ActionNames.Covers(item.Text, open[0].Actions[0]));
        string others = open.Length > MostShown ? $" and {open.Length - MostShown} more" : "";
        findings.Add(
            at?.Element ?? first.Action.Property.NameElement,
            $"{(open.Length == 1 ? "a way" : $"{open.Length} ways")} to more access: {string.Join(", ", open.Take(MostShown).Select(path => path.Name))}{others}",
            witness);

        bool Maybe(string action)
        {
            if (!may.TryGetValue(action, out bool known))
            {
                may.Add(action, known = MayAllow(elses, allowing, action));
            }

            return known;
        }

        // What an Allow without condition gives on everything, and no Deny may take back, needs no proof; most broad policies are of this kind.
        bool IsAllowed(string action, string? passedTo) => plain.Any(statement => Covers(statement, action)) || Allowed(action, passedTo) is not null;

        Witness? Allowed(string action, string? passedTo)
        {
            string key = action + passedTo;
            if (!known.TryGetValue(key, out Witness? found))
            {
                found = (passedTo is null ? LikeOneOf(known.Values, document, action, elses.ResourcesOf(action)) : null) ?? Asked(action, passedTo);
                known.Add(key, found);
            }

            return found;
        }

        Witness? Asked(string action, string? passedTo)
        {
            Query query = ProvableText.Ask(Question.NotGranted, About(policy, document, action), policy.Type) with { Property = ProvableText.Allowing(action, elses.ResourcesOf(action), passedTo is null ? null : "iam:PassedToService", passedTo) };
            return policy.Proved.Answer(query) is { Verdict: Verdict.Violated, Witness: { } shown } ? shown : null;
        }
    }

    /// <summary>
    /// A request already found, with another action of the same service on the same resource, if the policy allows it: who asks, from where, and what is known
    /// of the resource is as possible for the one as for the other. What the request itself says, such as tags to be set, is not.
    /// </summary>
    private static Witness? LikeOneOf(IEnumerable<Witness?> found, PolicyDocument document, string action, IReadOnlyList<string> resources)
    {
        foreach (Witness? witness in found)
        {
            if (witness is { Request: var request } && SameService(request.Action, action) && resources.Contains(request.Resource) && request.Context.All(entry => IsOfCallerOrResource(entry.Key))
                && witness with { Request = request with { Action = action } } is var likely && Evaluator.AllowsAlone(document, PolicyStack.Empty, likely.Request, likely.Readings))
            {
                return likely;
            }
        }

        return null;
    }

    private static bool SameService(string action, string other) => string.Compare(action, 0, other, 0, other.IndexOf(':') + 1, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsOfCallerOrResource(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
        && !key.StartsWith("aws:RequestTag/", StringComparison.OrdinalIgnoreCase) && !key.Equals("aws:TagKeys", StringComparison.OrdinalIgnoreCase);

    /// <summary>The document without the Allow statements that are about other actions.</summary>
    private static PolicyDocument About(CheckedPolicy policy, PolicyDocument document, string action) =>
        document.Where(statement => statement.Effect == Effect.Deny || Covers(policy.Statements[statement.Index], action));

    private static bool MayAllow(SomebodyElses elses, CheckedStatement[] allowing, string action)
    {
        CheckedStatement[] covering = [.. allowing.Where(statement => Covers(statement, action))];
        IReadOnlyList<string> resources = covering.Length == 0 ? [] : elses.ResourcesOf(action);
        return covering.Any(statement => statement.Resource is { } named
            && (named.IsNot || named.Items.Any(item => resources.Any(resource => GlobText.Overlap(item.Text, resource)))));
    }

    private static bool Covers(CheckedStatement statement, string action) =>
        statement.Action!.IsNot != statement.Action.Items.Any(item => ActionNames.Covers(item.Text, action));
}
