using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Ways by which the holder of a policy alone gets what others may do; each action of a way is shown to be allowed by a request.</summary>
internal sealed class PrivilegeEscalationCheck() : PolicyCheck(new Rule(
    "PSEC2003",
    "Privilege escalation",
    RuleSeverity.Warning,
    "The actions let the holder change permissions, or act through another role, on users, roles or resources that the policy does not name: the holder can "
        + "do more than the policy says.",
    "Limit Resource to what the actions must change, or remove one action of each path.",
    269)
{
    Reference = new("The privilege escalation paths of pathfinding.cloud", "https://pathfinding.cloud/"),
    Controls = ControlMapping.Escalation,
})
{
    private const int MostShown = 4;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        var alone = new EscalationPaths(policy);
        if (alone.Open.Count > 0 && alone.Allowed(alone.Open[0].Actions[0], null) is { } witness)
        {
            findings.Add(alone.PlaceOf(alone.Open[0].Actions[0])!.Value,
                $"{(alone.Open.Count == 1 ? "privilege escalation" : $"{alone.Open.Count} privilege escalation paths")}: {Shown(alone.Open)}", witness);
        }

        // What has no part in any way has none together with others.
        if (!EscalationPath.All.Any(path => EscalationPaths.ActionsOf(path).Any(alone.Maybe)))
        {
            return;
        }

        if (policy.Context.HasTooMuchBeside)
        {
            throw new CheckBudgetException();
        }

        foreach (PoliciesBeside beside in policy.Context.Beside)
        {
            if (ReportTogether(policy, alone, beside, findings))
            {
                return;
            }
        }
    }

    /// <summary>Ways that the policy opens only with others of one holder; the one that allows the way's first action has the finding, else the one that is
    /// checked.</summary>
    private static bool ReportTogether(CheckedPolicy policy, EscalationPaths alone, PoliciesBeside beside, PolicyFindings findings)
    {
        policy.Context.Together.Spend(beside.Checked.Count + beside.Unchecked.Count);
        CheckedPolicy[] reported = [.. beside.Checked.Select(text => Read(policy, text))];
        EscalationPaths[] others = [.. reported.Concat(beside.Unchecked.Select(text => Read(policy, text))).Select(other => new EscalationPaths(other))];
        EscalationPath[] candidates = [.. EscalationPath.All.Where(path => IsHere(path)
            && !EscalationPaths.ActionsOf(path).All(alone.Maybe) && EscalationPaths.ActionsOf(path)
                .All(action => alone.Maybe(action) || others.Any(other => other.Maybe(action))))];
        if (candidates.Length == 0)
        {
            return false;
        }

        var together = new EscalationPaths(Joined(policy, [.. beside.Checked, .. beside.Unchecked]));
        EscalationPath[] open = [.. together.Open.Where(path => candidates.Contains(path) && !others.Any(other => other.Open.Contains(path)))];
        if (open.Length == 0 || together.Allowed(open[0].Actions[0], null) is not { } witness)
        {
            return false;
        }

        string first = EscalationPaths.ActionsOf(open[0]).First(alone.Maybe);
        findings.Add(alone.PlaceOf(first)!.Value,
            $"with the other policies of {beside.Holder}, {(open.Length == 1 ? "privilege escalation" : $"{open.Length} privilege escalation paths")}: "
                + $"{Shown(open)}", witness);
        return true;

        bool IsHere(EscalationPath path) => alone.Maybe(path.Actions[0])
            || (EscalationPaths.ActionsOf(path).Any(alone.Maybe) && !others.Take(reported.Length).Any(other => other.Maybe(path.Actions[0])));
    }

    /// <summary>All statements of all policies, as one policy: a holder may use what any of them allows, and is denied what any of them denies.</summary>
    private static CheckedPolicy Joined(CheckedPolicy policy, IReadOnlyList<string> others)
    {
        IEnumerable<string> statements = others.Select(text => Read(policy, text)).Prepend(policy).SelectMany(one => one.Statements)
            .Select(statement => statement.Element.Document.Source.Text.Substring(statement.Element.Span.Start, statement.Element.Span.Length));
        return Read(policy, "{\"Version\":\"2012-10-17\",\"Statement\":[" + string.Join(",", statements) + "]}");
    }

    private static CheckedPolicy Read(CheckedPolicy policy, string text) =>
        new(JsonTreeReader.Read(new DocumentText(text)).Root, policy.Context with { Beside = [] }, policy.Cancellation);

    private static string Shown(IReadOnlyList<EscalationPath> open) =>
        string.Join(", ", open.Take(MostShown).Select(path => path.Name)) + (open.Count > MostShown ? $" and {open.Count - MostShown} more" : "");
}
