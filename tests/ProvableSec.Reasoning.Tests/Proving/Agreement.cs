using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Compares a verdict with what the concrete evaluator says of single requests. Written apart from the prover's own replay.</summary>
internal static class Agreement
{
    private const int AllReadings = ((int)Reading.UnknownOperatorMatches << 1) - 1;

    /// <summary>Whether the request is what the question looks for: a counterexample, or for <see cref="Question.Can"/> an example.</summary>
    public static bool Shows(Query query, AccessRequest request, Reading readings)
    {
        bool allowed = Allows(query.Subject, request, readings);
        switch (query.Question)
        {
            case Question.Can:
                return allowed;
            case Question.NoNewAccess:
                return allowed && !Allows(query.Baseline!, request, readings);
            case Question.Equivalent:
                return allowed != Allows(query.Baseline!, request, readings);
            case Question.NotGranted:
                return allowed && Evaluator.AllowsAlone(query.Property!, query.Subject.Stack ?? PolicyStack.Empty, request, readings);
            case Question.Granted:
                return !allowed && Evaluator.AllowsAlone(query.Property!, query.Subject.Stack ?? PolicyStack.Empty, request, readings);
            default:
                throw new ArgumentOutOfRangeException(nameof(query));
        }
    }

    /// <summary>What is wrong with an answer, or null.</summary>
    public static string? Disagreement(Query query, Answer answer, int requests, Random random)
    {
        bool refuted = answer.Verdict == (query.Question == Question.Can ? Verdict.Holds : Verdict.Violated);
        if (answer.Verdict == Verdict.Unknown)
        {
            return answer.Reason.Length == 0 ? "unknown without a reason" : null;
        }

        if (refuted)
        {
            return answer.Witness is not { } witness ? "refuted without a witness"
                : !Shows(query, witness.Request, witness.Readings) ? $"the witness does not show it: {Shown(witness.Request)} {witness.Readings}"
                : Completes(query.Request, witness.Request);
        }

        var sampler = new RandomRequests(query, Documents(query), random);
        for (int i = 0; i < requests; i++)
        {
            if (sampler.Next() is not { } request)
            {
                continue;
            }

            foreach (Reading readings in query.DefaultReadingsOnly ? [Reading.None] : (Reading[])[Reading.None, (Reading)(1 << random.Next(16)), (Reading)random.Next(AllReadings + 1)])
            {
                if (Shows(query, request, readings))
                {
                    return $"the verdict is contradicted by {Shown(request)} {readings}";
                }
            }
        }

        return null;
    }

    public static IEnumerable<PolicyDocument> Documents(Query query)
    {
        foreach (Subject subject in query.Baseline is null ? [query.Subject] : (Subject[])[query.Subject, query.Baseline])
        {
            if (subject.Document is { } document)
            {
                yield return document;
                continue;
            }

            PolicyStack stack = subject.Stack!;
            foreach (PolicyDocument one in stack.IdentityPolicies ?? [])
            {
                yield return one;
            }

            if (stack.PermissionsBoundary is { } boundary)
            {
                yield return boundary;
            }

            foreach (PolicyDocument one in (stack.SessionPolicies ?? []).Concat((stack.ServiceControlPolicies ?? []).SelectMany(l => l)))
            {
                yield return one;
            }
        }

        if (query.Property is { } property)
        {
            yield return property;
        }
    }

    public static string Shown(AccessRequest request) =>
        $"{request.Principal.Name} {request.Action} {request.Resource} of {request.ResourceAccount ?? "?"} {{{string.Join(", ", request.Context.Select(e => $"{e.Key}=[{string.Join("|", e.Values)}]"))}}}";

    private static bool Allows(Subject subject, AccessRequest request, Reading readings) => subject.Document is { } document
        ? Evaluator.AllowsAlone(document, PolicyStack.Empty, request, readings)
        : Evaluator.Decide(subject.Stack!, request, readings).IsAllowed;

    /// <summary>What of the partial request the witness does not complete, or null.</summary>
    private static string? Completes(RequestPattern pattern, AccessRequest request)
    {
        if (pattern.Principal is { Literals: [var name] } && request.Principal.Name != name)
        {
            return $"the witness is by another principal: {request.Principal.Name}";
        }

        if (!Fits(pattern.Action, request.Action, true) || !Fits(pattern.Resource, request.Resource, false) || (pattern.ResourceAccount is { } owner && request.ResourceAccount != owner))
        {
            return $"the witness does not complete the request: {Shown(request)}";
        }

        foreach (KeyValuePair<string, FieldPattern> given in pattern.Context)
        {
            ContextEntry entry = request.Context.FirstOrDefault(e => e.FoldedKey == given.Key.ToLowerInvariant());
            bool absent = entry.Values.IsDefaultOrEmpty;
            if (given.Value.IsAbsent ? !absent : absent || !entry.Values.Any(v => Fits(given.Value, v, false)))
            {
                return $"the witness does not complete the request: {given.Key} in {Shown(request)}";
            }
        }

        return null;
    }

    private static bool Fits(FieldPattern? pattern, string text, bool fold) => pattern is null
        || pattern.Literals.Any(l => string.Equals(l, text, fold ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        || pattern.Like.Any(l => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(l, text, fold));
}
