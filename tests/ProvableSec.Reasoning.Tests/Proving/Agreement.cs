using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Worlds;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Compares a verdict with what the concrete evaluator says of single requests. Written apart from the prover's own replay.</summary>
internal static class Agreement
{
    /// <summary>An attack costs this many times what another request does.</summary>
    private const int RequestsPerAttack = 10;

    /// <summary>What the fault of a witness that AWS could not send begins with.</summary>
    public const string CouldNotBeSent = "AWS could not send the witness";

    private const int AllReadings = ((int)Reading.UnknownOperatorMatches << 1) - 1;

    private static readonly PolicyDocument Everything =
        PolicyReader.Read(new DocumentText(PolicyJson.Everything));

    /// <summary>Whether the request is what the question looks for: a counterexample, or for <see cref="Question.Can"/> an example.</summary>
    /// <param name="query">The question.</param>
    /// <param name="request">The request.</param>
    /// <param name="readings">The disputed points whose other reading is taken.</param>
    /// <param name="own">Whether a caller's own policies, where the question does not give them, allow the request; what a resource policy grants only, where
    /// nothing is compared.</param>
    /// <param name="cut">Whether the baseline is the subject with a statement cut out.</param>
    public static bool Shows(Query query, AccessRequest request, Reading readings, bool own, bool cut = false)
    {
        if (query.Subject.Document is not null && new LoneDocumentOracle(query, cut).IsMixed)
        {
            return ((bool[])[false, true])
                .Any(beside => Agreement.Allows(query, query.Subject, request, readings, own, cut, beside) != Agreement.Allows(query, query.Baseline!, request,
                readings, own, cut, beside));
        }

        bool Allows(Subject subject) => Agreement.Allows(query, subject, request, readings, own, cut);
        bool allowed = Allows(query.Subject);
        switch (query.Question)
        {
            case Question.Can or Question.NoPublicAccess:
                return allowed;
            case Question.NoNewAccess:
                return allowed && !Allows(query.Baseline!);
            case Question.Equivalent:
                return allowed != Allows(query.Baseline!);
            case Question.NotGranted:
                return allowed && Evaluator.AllowsAlone(query.Property!, query.Subject.Stack ?? PolicyStack.Empty, request, readings);
            case Question.Granted:
                return !allowed && Evaluator.AllowsAlone(query.Property!, query.Subject.Stack ?? PolicyStack.Empty, request, readings);
            default:
                throw new ArgumentOutOfRangeException(nameof(query));
        }
    }

    /// <summary>What is wrong with an answer, or null.</summary>
    public static string? Disagreement(Query query, Answer answer, int requests, Random random, bool cut = false)
    {
        if (answer.UnknownBecause is not null != (answer.Verdict == Verdict.Unknown))
        {
            return $"{answer.Verdict} because of {answer.UnknownBecause}";
        }

        if (answer.Verdict == Verdict.Unknown)
        {
            return answer.Reason.Length == 0 ? "unknown without a reason" : null;
        }

        if (query.Question == Question.NoDeadStatement)
        {
            return DeadStatementAgreement.Disagreement(query, answer, requests, random);
        }

        bool refuted = answer.Verdict == (query.Question == Question.Can ? Verdict.Holds : Verdict.Violated);
        if (refuted)
        {
            return answer.Witness is not { } witness ? "refuted without a witness"
                : !Shows(Worlds.SupposedPolicies.Supposing(query, witness.SupposedResourcePolicy), witness.Request, witness.Readings, witness.OwnPoliciesAllow) ? $"the witness does not show it: {Shown(witness.Request)} {witness.Readings}{(witness.OwnPoliciesAllow ? " own policies allow" : "")}"
                : query.DefaultReadingsOnly && witness.Readings != Reading.None ? $"the witness needs a reading that is not asked about: {witness.Readings}"
                : !new RandomCallers(query, []).SpeaksOf(witness.Request.Principal)
                    ? $"the witness is by a caller that the question does not speak of: {Shown(witness.Request)}"
                : query.Question == Question.NoPublicAccess && !new StrangerOracle(query).IsStranger(witness.Request, certain: false)
                    ? $"the witness is not an outsider's: {Shown(witness.Request)}"
                : Impossible(query, witness.Request) ?? Completes(query, witness.Request);
        }

        StrangerOracle? outsiders = query.Question == Question.NoPublicAccess ? new StrangerOracle(query) : null;
        bool[] owns = Owns(query);
        var sampler = new RandomRequests(query, Documents(query), random);
        WitnessValidator? validator = query.World == World.Aws ? QuestionWorld.Validator(query) : null;
        for (int i = 0; i < requests; i++)
        {
            if (sampler.Next() is not { } request || outsiders?.IsStranger(request, certain: true) == false || validator?.IsPossible(request) == false
                || !NamedAssumptions.Allow(query, answer, request, query.Subject.Stack?.Organization))
            {
                continue;
            }

            foreach (Reading readings in query.DefaultReadingsOnly ? [Reading.None]
                : (Reading[])[Reading.None, (Reading)(1 << random.Next(16)), (Reading)random.Next(AllReadings + 1)])
            {
                foreach (bool own in owns)
                {
                    if (Shows(query, request, readings, own, cut))
                    {
                        return $"the verdict is contradicted by {Shown(request)} {readings}{(own ? " own policies allow" : "")}";
                    }
                }
            }
        }

        return Attack.Contradiction(query, answer, Math.Max(1, requests / RequestsPerAttack), random, cut);
    }

    /// <summary>What may be so of a caller's own policies, where the question does not give them.</summary>
    public static bool[] Owns(Query query) => ((Subject?[])[query.Subject, query.Baseline]).Any(s => s?.Stack is { IdentityPolicies: null })
        || (query.Subject.Document is not null && new LoneDocumentOracle(query, false).DependsOnOwnPolicies) ? [false, true] : [false];

    /// <summary>The documents of a question.</summary>
    public static IEnumerable<PolicyDocument> Documents(Query query) =>
        ((Subject?[])[query.Subject, query.Baseline]).OfType<Subject>().SelectMany(Documents).Concat(query.Property is { } property ? [property] : []);

    private static IEnumerable<PolicyDocument> Documents(Subject subject) => subject.Stack is not { } stack ? [subject.Document!] :
    [
        .. stack.IdentityPolicies ?? [],
        .. (PolicyDocument[])(stack.PermissionsBoundary is { } boundary ? [boundary] : []),
        .. stack.SessionPolicies ?? [],
        .. (PolicyDocument[])(stack.ResourcePolicy is { } resource ? [resource] : []),
        .. stack.VpcEndpointPolicies,
        .. (stack.ServiceControlPolicies ?? []).SelectMany(l => l),
        .. (stack.ResourceControlPolicies ?? []).SelectMany(l => l),
    ];

    public static string Shown(AccessRequest request) =>
        $"{request.Principal.Name} {request.Action} {request.Resource} of {request.ResourceAccount ?? "?"} {{{string.Join(", ", request.Context.Select(e => $"{e.Key}=[{string.Join("|", e.Values)}]"))}}}";

    /// <summary>
    /// What a subject allows. Own policies that a stack does not give count for what its resource policy allows only; they count for more where it has none,
    /// and where two
    /// subjects are compared.
    /// </summary>
    private static bool Allows(Query query, Subject subject, AccessRequest request, Reading readings, bool own, bool cut, bool beside = false)
    {
        if (subject.Document is { } document)
        {
            return new LoneDocumentOracle(query, cut).Allows(document, request, readings, own, beside);
        }

        PolicyStack stack = subject.Stack!;
        if (stack.IdentityPolicies is not null)
        {
            return Decides(stack, request, readings);
        }

        bool more = stack.ResourcePolicy is not { } granting || query.Question is Question.NoNewAccess or Question.Equivalent
            || Evaluator.AllowsAlone(granting, stack, request, readings);
        return Decides(stack with { IdentityPolicies = own && more ? [Everything] : [] }, request, readings);
    }

    private static bool Decides(PolicyStack stack, AccessRequest request, Reading readings) => Evaluator.Decide(stack, request, readings).IsAllowed;

    /// <summary>An outsider may have a service act for them, which sends what it sends about itself. Why AWS could not send a witness, where the question asks
    /// for one that it could; or null.</summary>
    private static string? Impossible(Query query, AccessRequest request) =>
        query.World == World.Aws && query.Without.IsEmpty && QuestionWorld.Validator(query).Violations(request)
            .RemoveAll(v => query.Question == Question.NoPublicAccess && v.EndsWith("is sent by services only",
            StringComparison.Ordinal)) is { IsEmpty: false } violations
            ? $"{CouldNotBeSent} ({string.Join("; ", violations)}): {Shown(request)}"
            : null;

    /// <summary>What of the partial request the witness does not complete, or null.</summary>
    private static string? Completes(Query query, AccessRequest request)
    {
        RequestPattern pattern = query.Request;
        if (!Fits(pattern.Action, request.Action, true) || !Fits(pattern.Resource, request.Resource, false)
            || (pattern.ResourceAccount is { } owner && request.ResourceAccount != owner))
        {
            return $"the witness does not complete the request: {Shown(request)}";
        }

        foreach (KeyValuePair<string, FieldPattern> given in pattern.Context)
        {
            ImmutableArray<string> values = Evaluator.ValuesOf(given.Key, query.Subject.Stack ?? PolicyStack.Empty, request);
            if (given.Value.IsAbsent ? !values.IsEmpty : !values.Any(v => Fits(given.Value, v, false)))
            {
                return $"the witness does not complete the request: {given.Key} in {Shown(request)}";
            }
        }

        return null;
    }

    /// <summary>Whether a text is one that a field of the partial request may be.</summary>
    public static bool Fits(FieldPattern? pattern, string text, bool fold) => pattern is null
        || pattern.Literals.Any(l => string.Equals(l, text, fold ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        || pattern.Like.Any(l => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(l, text, fold));
}
