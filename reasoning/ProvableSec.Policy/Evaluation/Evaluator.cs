using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// Decides single requests by walking the statements, as the IAM User Guide describes ("Policy evaluation logic").
/// Shares no matching code with the prover, whose witnesses it replays.
/// </summary>
public static class Evaluator
{
    /// <summary>Decides a request under a stack of policies.</summary>
    /// <param name="stack">The policies; documents with errors must have been refused before.</param>
    /// <param name="request">The request.</param>
    /// <param name="readings">The disputed points whose other reading is to be taken.</param>
    public static Decision Decide(PolicyStack stack, AccessRequest request, Reading readings = Reading.None)
    {
        EvaluationRun run = EvaluationRun.Rent(stack, request, readings);
        Decision decision = LayerEvaluation.Decide(run);
        run.Return();
        return decision;
    }

    /// <summary>
    /// Whether one document standing alone allows a request: some Allow statement matches and no Deny does.
    /// A statement without Principal matches every principal. Of the stack only the organization counts, for the keys that follow from it.
    /// </summary>
    public static bool AllowsAlone(PolicyDocument document, PolicyStack stack, AccessRequest request, Reading readings = Reading.None)
    {
        EvaluationRun run = EvaluationRun.Rent(stack, request, readings);
        bool allows = PolicyEvaluation.AllowsAlone(run, document);
        run.Return();
        return allows;
    }

    /// <summary>
    /// The statements of a document standing alone that decide a request: every Deny that matches, else every Allow that does; none where nothing matches.
    /// </summary>
    /// <inheritdoc cref="AllowsAlone"/>
    public static ImmutableArray<DecidingStatement> DecideAlone(PolicyDocument document, PolicyStack stack, AccessRequest request,
        Reading readings = Reading.None)
    {
        EvaluationRun run = EvaluationRun.Rent(stack, request, readings);
        ImmutableArray<DecidingStatement> deciding = PolicyEvaluation.DecideAlone(run, document);
        run.Return();
        return deciding;
    }

    /// <summary>The values of a condition key in a request, listed or following from the rest of it; empty when it is absent.</summary>
    /// <param name="key">The key, however it is capitalised.</param>
    /// <param name="stack">Of the stack only the organization counts, for the keys that follow from it.</param>
    /// <param name="request">The request.</param>
    /// <param name="readings">The disputed points whose other reading is to be taken.</param>
    public static ImmutableArray<string> ValuesOf(string key, PolicyStack stack, AccessRequest request, Reading readings = Reading.None)
    {
        EvaluationRun run = EvaluationRun.Rent(stack, request, readings);
        KeyValues found = RequestKeys.Find(run, key, out _);
        var values = ImmutableArray.CreateBuilder<string>(found.Count);
        for (int i = 0; i < found.Count; i++)
        {
            values.Add(found[i].ToString());
        }

        run.Return();
        return values.MoveToImmutable();
    }
}
