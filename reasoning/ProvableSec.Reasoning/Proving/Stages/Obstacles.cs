using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>A part of a stack that keeps every request of a statement from being allowed.</summary>
/// <param name="Slot">The policy, or the layer that has to allow and does not.</param>
/// <param name="Deny">The Deny statement; null for a layer that does not allow.</param>
internal readonly record struct Obstacle(PolicySlot Slot, Statement? Deny);

/// <summary>
/// What keeps the requests of a statement from being allowed, as far as it is seen from the statements one by one. Every caller is taken to have the identity
/// policies of the stack, and to be bound by all of its layers.
/// </summary>
/// <param name="stack">The stack.</param>
/// <param name="budget">Pays for the comparisons.</param>
internal sealed class Obstacles(PolicyStack stack, Budget budget)
{
    /// <summary>The layer that nothing goes around but what the resource's policy grants directly.</summary>
    public static readonly PolicySlot Identity = new(PolicyLayer.IdentityPolicies, -1);

    /// <summary>All that is seen to keep every request of a statement from being allowed.</summary>
    public HashSet<Obstacle> Of(Statement asked)
    {
        var found = new HashSet<Obstacle>();
        ImmutableArray<PolicyDocument> identity = stack.IdentityPolicies!.Value;
        if (AllowNothingOf(identity, asked) && (stack.ResourcePolicy is not { } resource || AllowNothingOf([resource], asked)))
        {
            found.Add(new Obstacle(Identity, null));
        }

        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents())
        {
            if (Binds(slot.Layer))
            {
                foreach (Statement statement in document.Statements)
                {
                    if (statement is { Effect: Effect.Deny, Principal: null } && StatementPairs.Covers(statement, asked, budget))
                    {
                        found.Add(new Obstacle(slot, statement));
                    }
                }
            }
        }

        for (int level = 0; stack.ServiceControlPolicies is { } levels && level < levels.Length; level++)
        {
            if (Binds(PolicyLayer.ServiceControlPolicies) && AllowNothingOf(levels[level], asked))
            {
                found.Add(new Obstacle(new PolicySlot(PolicyLayer.ServiceControlPolicies, level), null));
            }
        }

        return found;
    }

    /// <summary>Whether a Deny keeps every request of a statement from being allowed under all readings but the one that voids it.</summary>
    public bool IsDeniedByDefault(Statement asked) => stack.Documents().Any(placed => Binds(placed.Slot.Layer) && placed.Document.Statements.Any(statement =>
        statement is { Effect: Effect.Deny, Principal: null } && StatementPairs.CoversByDefault(statement, asked, budget)));

    /// <summary>Whether a layer binds every caller: an organization that says which accounts it has binds no others.</summary>
    private bool Binds(PolicyLayer layer) => layer is PolicyLayer.IdentityPolicies or PolicyLayer.PermissionsBoundary or PolicyLayer.SessionPolicies
        || (layer == PolicyLayer.ServiceControlPolicies && stack.Organization is null or { Accounts.Count: 0, ManagementAccount: null });

    private bool AllowNothingOf(IEnumerable<PolicyDocument> documents, Statement asked) => documents.All(document =>
        document.Statements.All(statement => statement.Effect == Effect.Deny || StatementPairs.AreApart(statement, asked, budget)));
}
