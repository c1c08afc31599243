using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>Proposes what a stack's Allow statements grant together, layer by layer.</summary>
internal sealed class AccessProposal(PolicyStack stack, CallerPrincipal caller, IReadOnlyList<string> actions, string? resource,
    bool ownPoliciesSuffice = false)
{
    /// <summary>At most this many combinations of statements are followed.</summary>
    public const int MostCells = 1000;

    private IEnumerable<PolicyDocument> Identity => stack.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty;

    private IEnumerable<Statement> Trust => (stack.ResourcePolicy?.Statements ?? ImmutableArray<Statement>.Empty).Where(s =>
        PrincipalNames.MayName(s.Principal, caller));

    /// <summary>The Deny statements that may concern the caller.</summary>
    public IReadOnlyList<Statement> Denies =>
        [.. Allows(PolicyLayers().SelectMany(l => l), Effect.Deny).Concat(Trust.Where(s => s.Effect == Effect.Deny)).Concat(
        Allows((stack.ResourceControlPolicies ?? ImmutableArray<ImmutableArray<PolicyDocument>>.Empty).SelectMany(l => l), Effect.Deny)).Distinct()];

    /// <summary>The cells; null when there are too many.</summary>
    public IReadOnlyList<AccessCell>? Cells()
    {
        IEnumerable<IEnumerable<Statement>> bounds = PolicyLayers().Skip(1).Select(l => Allows(l, Effect.Allow));
        Statement[] identity = [.. Allows(Identity, Effect.Allow)], trust = [.. Trust.Where(s => s.Effect == Effect.Allow)];
        if (stack.ResourcePolicy is null)
        {
            AccessCell? free = (AccessCell.Everything with { Actions = RequestsNotAsked.NeedsNoPermission, IsFree = true }).Within(actions, resource);
            return Product([identity, .. bounds]) is { } products ? free is null ? products : [.. products, free] : null;
        }

        // The resource's policy may grant by itself, with or without the boundary, or let the caller's policies grant.
        int boundary = stack.PermissionsBoundary is null ? 0 : 1;
        List<AccessCell> all = [];
        IEnumerable<IEnumerable<Statement>>[] together = [[trust, .. bounds.Skip(boundary)], [trust, .. bounds], [trust, identity, .. bounds]];
        foreach (IEnumerable<IEnumerable<Statement>> layers in ownPoliciesSuffice ? together.Prepend([identity, .. bounds]) : together)
        {
            if (Product(layers) is not { } cells)
            {
                return null;
            }

            all.AddRange(cells.Where(c => !all.Exists(a => a.KeyWithoutActions == c.KeyWithoutActions && c.LiesIn(a))));
        }

        return all;
    }

    /// <summary>Identity policies, boundary, and each level of SCPs where they bind.</summary>
    private IEnumerable<IEnumerable<PolicyDocument>> PolicyLayers()
    {
        yield return Identity;
        if (stack.PermissionsBoundary is { } boundary)
        {
            yield return [boundary];
        }

        bool bound = !caller.Path.StartsWith("aws-service-role/", StringComparison.Ordinal);
        foreach (ImmutableArray<PolicyDocument> level in (bound ? stack.ServiceControlPolicies : null) ?? ImmutableArray<ImmutableArray<PolicyDocument>>.Empty)
        {
            yield return level;
        }
    }

    private List<AccessCell>? Product(IEnumerable<IEnumerable<Statement>> layers)
    {
        List<AccessCell> cells = [];
        if (AccessCell.Everything.Within(actions, resource) is { } all)
        {
            cells.Add(all);
        }

        foreach (IEnumerable<Statement> layer in layers)
        {
            List<AccessCell> next = [];
            foreach (AccessCell cell in cells)
            {
                foreach (Statement allow in layer)
                {
                    if (cell.With(allow)?.Within(actions, resource) is { } narrowed && !next.Exists(narrowed.LiesIn))
                    {
                        next.RemoveAll(n => n.LiesIn(narrowed));
                        next.Add(narrowed);
                        if (next.Count > MostCells)
                        {
                            return null;
                        }
                    }
                }
            }

            cells = next;
        }

        return cells;
    }

    private static IEnumerable<Statement> Allows(IEnumerable<PolicyDocument> documents, Effect effect) =>
        documents.SelectMany(d => d.Statements).Where(s => s.Effect == effect);
}
