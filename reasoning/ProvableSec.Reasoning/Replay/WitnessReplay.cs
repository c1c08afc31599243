using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Replay;

/// <summary>
/// Confirms requests in the concrete evaluator, which shares no matching code with the search that found them.
/// This namespace is the only place of the assembly that knows the evaluator.
/// </summary>
internal static class WitnessReplay
{
    /// <summary>Whether the request shows what the query's search was for: a violation, or for <see cref="Question.Can"/> an allowed request.</summary>
    public static bool Confirms(Query query, Witness witness) =>
        Shows(query, witness)
        && PatternReplay.Completes(query.Request, witness, query.Subject.Stack ?? PolicyStack.Empty)
        && (query.Restriction is null || new PredicateReplay(query.Subject, witness.Request, witness.Readings).Holds(query.Restriction));

    private static bool Shows(Query query, Witness witness)
    {
        bool allowed = Allows(query.Subject, witness);
        return query.Question switch
        {
            Question.NoNewAccess => allowed && !Allows(query.Baseline!, witness),
            Question.Equivalent => allowed != Allows(query.Baseline!, witness),
            Question.NotGranted => allowed && Describes(query, witness),
            Question.NoPublicAccess => allowed && Describes(query, witness) && !(query.Subject.Stack is not null && IsOwners(witness.Request)),
            Question.Granted => !allowed && Describes(query, witness),
            _ => allowed,
        };
    }

    /// <summary>Whether the caller acts for the account that owns the resource.</summary>
    private static bool IsOwners(AccessRequest request) => request.Principal.Account.Length > 0
        && (request.ResourceAccount ?? ArnFields.AccountOf(request.Resource) ?? request.Principal.Account) == request.Principal.Account;

    /// <summary>The statements of the subject that decide the request.</summary>
    public static ImmutableArray<Because> Deciding(Query query, Witness witness)
    {
        var because = ImmutableArray.CreateBuilder<Because>();
        foreach (Subject subject in query.Baseline is null ? [query.Subject] : (Subject[])[query.Subject, query.Baseline])
        {
            if (subject.Document is { } document)
            {
                foreach (DecidingStatement by in Evaluator.DecideAlone(document, PolicyStack.Empty, witness.Request, witness.Readings))
                {
                    because.Add(new Because(null, document, by.Statement));
                }

                continue;
            }

            PolicyStack stack = subject.Stack!;
            Decision decision = Decide(stack, witness);
            foreach (DecidingStatement by in decision.By)
            {
                if (PolicyLayers.At(stack, by.Slot) is { } from)
                {
                    because.Add(new Because(by.Slot, from, by.Statement));
                }
            }

            foreach (PolicyLayer layer in decision.BlockedBy)
            {
                because.Add(new Because(null, null, null, PolicySlot.NameOf(layer)));
            }
        }

        return because.ToImmutable();
    }

    /// <summary>Whether a subject allows a witness.</summary>
    public static bool Allows(Subject subject, Witness witness) => subject.Document is { } document
        ? subject.LetsThrough ? !DeniesAlone(document, witness) : AllowsAlone(document, PolicyStack.Empty, witness)
        : Decide(subject.Stack!, witness).IsAllowed;

    /// <summary>Whether a document denies a witness, whatever it allows.</summary>
    private static bool DeniesAlone(PolicyDocument document, Witness witness) =>
        Evaluator.DecideAlone(document, PolicyStack.Empty, witness.Request, witness.Readings).Any(d => d.Statement.Effect == Effect.Deny);

    /// <summary>The decision of a stack on a witness.</summary>
    public static Decision Decide(PolicyStack stack, Witness witness) => Evaluator.Decide(witness.Under(stack), witness.Request, witness.Readings);

    /// <summary>Whether a document standing alone allows a witness.</summary>
    public static bool AllowsAlone(PolicyDocument document, PolicyStack stack, Witness witness) =>
        Evaluator.AllowsAlone(document, stack, witness.Request, witness.Readings);

    /// <summary>Whether a witness is one of those that the property of a question describes.</summary>
    public static bool Describes(Query query, Witness witness) =>
        AllowsAlone(query.Property!, query.Subject.Stack ?? PolicyStack.Empty, witness);

}
