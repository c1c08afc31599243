using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>What one document says of a request.</summary>
/// <param name="Allows">Some Allow statement matches.</param>
/// <param name="Denies">Some Deny statement matches.</param>
/// <param name="Grants">As what the matching Allow statements name the caller.</param>
internal readonly record struct PolicyOutcome(bool Allows, bool Denies, PrincipalMatch Grants)
{
    public PolicyOutcome With(PolicyOutcome other) => new(Allows | other.Allows, Denies | other.Denies, Grants | other.Grants);
}

/// <summary>One document of a stack against the request. Every statement is looked at, so that the answer can name all that decided.</summary>
internal static class PolicyEvaluation
{
    public static PolicyOutcome Evaluate(EvaluationRun run, PolicyDocument document, PolicySlot slot)
    {
        PolicyOutcome outcome = default;
        bool attached = slot.Layer is not (PolicyLayer.ResourcePolicy or PolicyLayer.VpcEndpointPolicies or PolicyLayer.ResourceControlPolicies);
        foreach (Statement statement in document.Statements)
        {
            // A policy that is attached to the caller speaks of the caller.
            PrincipalMatch match = attached && statement.Principal is null ? PrincipalMatch.Everyone : Caller(run, statement, slot);
            if (match == PrincipalMatch.None || !StatementMatching.Matches(run, statement))
            {
                continue;
            }

            if (statement.Effect == Effect.Deny)
            {
                outcome = outcome with { Denies = true };
                run.Denies.Add(slot, statement);
            }
            else
            {
                outcome = new PolicyOutcome(true, outcome.Denies, outcome.Grants | Grant(match, statement, slot));
                run.Allows.Add(slot, statement);
            }
        }

        return outcome;
    }

    /// <summary>One document standing alone; of a Deny no more is to be known than that it matches.</summary>
    public static bool AllowsAlone(EvaluationRun run, PolicyDocument document)
    {
        bool allows = false;
        foreach (Statement statement in document.Statements)
        {
            if ((allows && statement.Effect == Effect.Allow) || !MatchesAlone(run, statement))
            {
                continue;
            }

            if (statement.Effect == Effect.Deny)
            {
                return false;
            }

            allows = true;
        }

        return allows;
    }

    /// <summary>The statements that decide in one document standing alone.</summary>
    public static ImmutableArray<DecidingStatement> DecideAlone(EvaluationRun run, PolicyDocument document)
    {
        foreach (Statement statement in document.Statements)
        {
            if (MatchesAlone(run, statement))
            {
                (statement.Effect == Effect.Deny ? run.Denies : run.Allows).Add(default, statement);
            }
        }

        return (run.Denies.Count > 0 ? run.Denies : run.Allows).ToImmutable();
    }

    private static bool MatchesAlone(EvaluationRun run, Statement statement) =>
        (statement.Principal is null || PrincipalMatching.Match(run, statement, hasBoundary: false) != PrincipalMatch.None)
            && StatementMatching.Matches(run, statement);

    private static PrincipalMatch Caller(EvaluationRun run, Statement statement, PolicySlot slot)
    {
        bool named = slot.Layer is PolicyLayer.ResourcePolicy or PolicyLayer.VpcEndpointPolicies;
        if (statement.Principal is null)
        {
            if (named)
            {
                run.Warn($"{slot} statement {statement.Index}: without Principal it speaks of nobody");
                return PrincipalMatch.None;
            }

            if (slot.Layer == PolicyLayer.ResourceControlPolicies)
            {
                run.Warn($"{slot} statement {statement.Index}: a resource control policy needs Principal \"*\", which is taken as meant");
            }

            return PrincipalMatch.Everyone;
        }

        if (!named && slot.Layer != PolicyLayer.ResourceControlPolicies)
        {
            run.Warn($"{slot} statement {statement.Index}: AWS takes no Principal here; it is compared with the caller all the same");
        }

        PrincipalMatch match = PrincipalMatching.Match(run, statement, run.Stack.PermissionsBoundary is not null);
        if (match == PrincipalMatch.Account
            && slot.Layer == PolicyLayer.VpcEndpointPolicies
            && !statement.Principal.IsNot
            && run.Request.Principal.Kind != PrincipalKind.Root
            && ServiceFacts.HasGatewayEndpoint(run.Request.Action))
        {
            run.Warn(
                $"{slot} statement {statement.Index}: on a gateway endpoint an account as Principal means its root user only; on an interface endpoint it "
                    + $"would mean the whole account");
            return PrincipalMatch.None;
        }

        return match;
    }

    /// <summary>A grant to everyone is limited like one to a role, or not: disputed, unless it looks at <c>aws:PrincipalArn</c>.</summary>
    private static PrincipalMatch Grant(PrincipalMatch match, Statement statement, PolicySlot slot)
    {
        // Other policies grant by whom they are attached to.
        if ((match & PrincipalMatch.Everyone) == 0 || slot.Layer != PolicyLayer.ResourcePolicy)
        {
            return match;
        }

        foreach (Condition condition in statement.Conditions)
        {
            if (KnownKeys.Find(condition.FoldedKey) == KnownKey.PrincipalArn)
            {
                // As far as a session's own ARN reaches: no other policy limits it.
                return match | PrincipalMatch.Session;
            }
        }

        return match;
    }
}
