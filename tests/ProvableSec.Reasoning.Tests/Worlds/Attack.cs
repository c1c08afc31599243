using ProvableSec.Policy;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Attacks a proof with requests that do not come from the prover's world model: made of what the documents say, let through by the validator, decided
/// by the evaluator.</summary>
internal static class Attack
{
    private const int AllReadings = ((int)Reading.UnknownOperatorMatches << 1) - 1;

    /// <summary>A request that contradicts what is said to hold for all, or null.</summary>
    public static string? Contradiction(Query query, Answer answer, int requests, Random random, bool cut)
    {
        WitnessValidator validator = QuestionWorld.Validator(query);
        var drawn = new AttackRequests(query, validator, random);
        StrangerOracle? outsiders = query.Question == Question.NoPublicAccess ? new StrangerOracle(query) : null;
        bool[] owns = Agreement.Owns(query);
        for (int i = 0; i < requests; i++)
        {
            if (drawn.Next() is not { } request || outsiders?.IsStranger(request, certain: true) == false
                || !NamedAssumptions.Allow(query, answer, request, query.Subject.Stack?.Organization))
            {
                continue;
            }

            Reading[] all = query.DefaultReadingsOnly ? [Reading.None] : [Reading.None, (Reading)random.Next(AllReadings + 1)];
            foreach ((string supposed, Query attacked) in SupposedPolicies.Of(query, answer, request.Principal))
            {
                foreach (Reading readings in all)
                {
                    foreach (bool own in owns)
                    {
                        if (Agreement.Shows(attacked, request, readings, own, cut))
                        {
                            return $"the verdict is contradicted{(supposed.Length > 0 ? $", {supposed}," : "")} by {Agreement.Shown(request)} {readings}{(own ? " own policies allow" : "")}{(answer.Assumptions.IsEmpty ? "" : $", though given {string.Join(", ", answer.Assumptions)}")}";
                        }
                    }
                }
            }
        }

        return null;
    }
}
