using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// Finds out who stops a principal: its own policies are asked alone, then under one boundary, one level, one policy and one statement at a time. What alone
/// leaves nothing is what stops it.
/// </summary>
/// <param name="asked">The requests asked about; its question and stack play no part.</param>
/// <param name="notAsked">Requests that policies outside the stack decide about, as Deny statements.</param>
/// <param name="budget">What the questions may cost.</param>
/// <param name="cancellationToken">Ends the search early.</param>
internal sealed class AccessStops(Query asked, ImmutableArray<Statement> notAsked, AccessBudget budget, CancellationToken cancellationToken)
{
    /// <summary>What stops the caller of a stack; null where its own policies allow nothing of it, or that is not known.</summary>
    public ImmutableArray<AccessStop>? Of(PolicyStack stack)
    {
        PolicyStack own = stack with { PermissionsBoundary = null, ServiceControlPolicies = null, ResourceControlPolicies = null };
        if (Verdict(own) != Questions.Verdict.Violated)
        {
            return null;
        }

        var stops = new List<AccessStop>();
        if (stack.PermissionsBoundary is { } boundary)
        {
            Add(stops, PolicyLayer.PermissionsBoundary, null, ImmutableArray.Create(boundary), policies => own with { PermissionsBoundary = policies[0] },
                Bounding);
        }

        ImmutableArray<ImmutableArray<PolicyDocument>> none = ImmutableArray<ImmutableArray<PolicyDocument>>.Empty;
        ImmutableArray<ImmutableArray<PolicyDocument>> service = stack.ServiceControlPolicies ?? none, resource = stack.ResourceControlPolicies ?? none;
        for (int i = 0; i < service.Length; i++)
        {
            Add(stops, PolicyLayer.ServiceControlPolicies, i + 1, service[i], level => own with { ServiceControlPolicies = ImmutableArray.Create(level) },
                Bounding);
        }

        for (int i = 0; i < resource.Length; i++)
        {
            // RCPFullAWSAccess is there whether it is written down or not.
            Add(stops, PolicyLayer.ResourceControlPolicies, i + 1, resource[i], level => own with { ResourceControlPolicies = ImmutableArray.Create(level) },
                AccessDocument.Naming);
        }

        return stops.ToImmutableArray();
    }

    /// <summary>Adds what of a boundary or level stops, if it does.</summary>
    /// <param name="stops">Takes it.</param>
    /// <param name="layer">Which kind of policy it is.</param>
    /// <param name="level">The level.</param>
    /// <param name="policies">Its policies.</param>
    /// <param name="under">The caller's own policies under some policies alone.</param>
    /// <param name="denying">A policy of this kind that denies what some statements deny, and nothing else.</param>
    private void Add(List<AccessStop> stops, PolicyLayer layer, int? level, ImmutableArray<PolicyDocument> policies,
        Func<ImmutableArray<PolicyDocument>, PolicyStack> under, Func<IEnumerable<Statement>, PolicyDocument> denying)
    {
        if (policies.IsEmpty || !Stops(under(policies)))
        {
            return;
        }

        int before = stops.Count;
        foreach (PolicyDocument policy in policies)
        {
            Statement[] alone = [.. DeniesOf(policy).Where(deny => Denies([deny]))];
            stops.AddRange(alone.Select(statement => new AccessStop(layer, level, [policy], statement, Denies: true)));
            if (alone.Length == 0 && Denies(DeniesOf(policy)))
            {
                stops.Add(new AccessStop(layer, level, [policy], null, Denies: true));
            }
        }

        if (stops.Count == before)
        {
            PolicyDocument[] together = [.. policies.Where(policy => DeniesOf(policy).Any())];
            bool areDenied = Denies(together.SelectMany(DeniesOf));
            stops.Add(new AccessStop(layer, level, areDenied ? together : policies, null, areDenied));
        }

        bool Denies(IEnumerable<Statement> statements) => statements.Any() && Stops(under(ImmutableArray.Create(denying(statements))));
    }

    private static PolicyDocument Bounding(IEnumerable<Statement> denies) => AccessDocument.Of(AccessDocument.All(Effect.Allow), denies);

    private static IEnumerable<Statement> DeniesOf(PolicyDocument policy) => policy.Statements.Where(statement => statement.Effect == Effect.Deny);

    private bool Stops(PolicyStack stack) => Verdict(stack) == Questions.Verdict.Holds;

    private Verdict Verdict(PolicyStack stack) => budget.Exhausted is not null ? Questions.Verdict.Unknown : budget.Answer(asked with
    {
        Question = Question.NotGranted,
        Subject = Subject.Of(stack),
        Property = AccessDocument.Of(AccessDocument.All(Effect.Allow), notAsked),
    }, cancellationToken).Verdict;
}
