using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Translation;

/// <summary>What a question leaves open about the policies that its stacks do not give.</summary>
/// <param name="OwnPolicies">
/// The caller's own policies may allow more than the resource policy grants: two policies are compared by all that they let happen, and what neither is given
/// may be anything.
/// </param>
/// <param name="LimitedGrants">
/// The resource's policy may grant what other policies still limit: where two stacks are compared, what one of them allows by such a grant the other may not.
/// Elsewhere a grant that nothing limits says the most.
/// </param>
/// <param name="Denial">The resource's policy may deny: of no account where only what is allowed counts, or where both sides of a comparison have the
/// same.</param>
internal readonly record struct StackOpenness(bool OwnPolicies, bool LimitedGrants, bool Denial)
{
    /// <summary>What a question leaves open.</summary>
    public static StackOpenness Of(Query query)
    {
        bool compares = QuestionFacts.Of(query.Question).Compares;
        return new(compares, compares, query.Question == Question.Granted || (compares && IsUnknown(query.Subject) != IsUnknown(query.Baseline!)));
    }

    private static bool IsUnknown(Subject subject) => subject.Stack is { ResourcePolicy: null, HasNoResourcePolicy: false };
}
