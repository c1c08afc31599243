using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Replay;

/// <summary>
/// Confirms requests in the concrete evaluator, which shares no matching code with the search that found them.
/// The only place of this assembly that knows the evaluator.
/// </summary>
internal static class WitnessReplay
{
    /// <summary>Whether the request shows what the query's search was for: a violation, or for <see cref="Question.Can"/> an allowed request.</summary>
    public static bool Confirms(Query query, AccessRequest request, Reading readings) =>
        Shows(query, request, readings) && (query.Restriction is null || new PredicateReplay(query.Subject, request, readings).Holds(query.Restriction));

    private static bool Shows(Query query, AccessRequest request, Reading readings)
    {
        bool allowed = Allows(query.Subject, request, readings);
        return query.Question switch
        {
            Question.NoNewAccess => allowed && !Allows(query.Baseline!, request, readings),
            Question.Equivalent => allowed != Allows(query.Baseline!, request, readings),
            Question.NotGranted => allowed && Describes(query, request, readings),
            Question.Granted => !allowed && Describes(query, request, readings),
            _ => allowed,
        };
    }

    /// <summary>The statements of the subject that decide the request.</summary>
    public static ImmutableArray<Because> Deciding(Query query, AccessRequest request, Reading readings)
    {
        var because = ImmutableArray.CreateBuilder<Because>();
        foreach (Subject subject in query.Baseline is null ? [query.Subject] : (Subject[])[query.Subject, query.Baseline])
        {
            PolicyStack stack = subject.Stack ?? PolicyStack.Empty with { IdentityPolicies = ImmutableArray.Create(subject.Document!) };
            Decision decision = Evaluator.Decide(stack, request, readings);
            foreach (DecidingStatement by in decision.By)
            {
                // The decision's slot is the one the document would have as an identity policy; a document alone has none.
                because.Add(new Because(subject.Stack is null ? null : by.Slot, DocumentAt(stack, by.Slot), by.Statement));
            }

            if (subject.Stack is not null)
            {
                foreach (PolicyLayer layer in decision.BlockedBy)
                {
                    because.Add(new Because(null, null, null, PolicySlot.NameOf(layer)));
                }
            }
        }

        return because.ToImmutable();
    }

    private static bool Allows(Subject subject, AccessRequest request, Reading readings) => subject.Document is { } document
        ? Evaluator.AllowsAlone(document, PolicyStack.Empty, request, readings)
        : Evaluator.Decide(subject.Stack!, request, readings).IsAllowed;

    private static bool Describes(Query query, AccessRequest request, Reading readings) =>
        Evaluator.AllowsAlone(query.Property!, query.Subject.Stack ?? PolicyStack.Empty, request, readings);

    private static Policy.Model.PolicyDocument? DocumentAt(PolicyStack stack, PolicySlot slot) => slot.Layer switch
    {
        PolicyLayer.IdentityPolicies => stack.IdentityPolicies?[slot.Index],
        PolicyLayer.PermissionsBoundary => stack.PermissionsBoundary,
        PolicyLayer.SessionPolicies => stack.SessionPolicies?[slot.Index],
        PolicyLayer.ResourcePolicy => stack.ResourcePolicy,
        PolicyLayer.VpcEndpointPolicies => stack.VpcEndpointPolicies[slot.Index],
        PolicyLayer.ServiceControlPolicies => stack.ServiceControlPolicies?[slot.Level][slot.Index],
        _ => stack.ResourceControlPolicies?[slot.Level][slot.Index],
    };
}
