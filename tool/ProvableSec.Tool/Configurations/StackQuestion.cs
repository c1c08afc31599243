using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Configurations;

/// <summary>
/// Makes a question about a stack of which something may not be known. A claim that nothing is allowed is asked of the most that the stack can allow, a claim
/// that something is of the least.
/// </summary>
internal static class StackQuestion
{
    // What only tables say of AWS, and how names look there, is not said of the names that stand for what is not known.
    private static readonly ImmutableArray<string> Tables = ["catalogue", "shapes"];

    /// <summary>Makes one.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="before">What it is compared with, as it was; null where that is not a stack of a revision.</param>
    /// <param name="caller">Whose policies it is about, where the stack says that; null else.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="ask">Asks it of policies and those of before; null where it cannot be asked.</param>
    public static ConfiguredQuestion? Of(ConfiguredStack stack, ConfiguredStack? before, CallerPrincipal? caller, Question question,
        Func<PolicyStack, PolicyStack?, Query?> ask)
    {
        bool isPresence = question is Question.Granted or Question.Can, isBoth = question is Question.Equivalent or Question.NoDeadStatement;
        PolicyStack most = stack.Stack!, least = stack.AtLeast ?? most;
        PolicyStack? mostBefore = before?.Stack, leastBefore = before?.AtLeast ?? mostBefore;
        if (ask(isPresence ? least : most, leastBefore) is not { } query)
        {
            return null;
        }

        if (before is not null)
        {
            return Compared(stack, before, question, query, ask) with { Caller = caller };
        }

        ImmutableArray<string> all = [.. stack.Unknown, .. stack.UnknownLimits];
        return new ConfiguredQuestion(stack.Name, query)
        {
            Holder = stack.Holder,
            Caller = caller,
            Undecided = stack.Undecided ?? (isBoth ? stack.Open : null),
            Certain = stack.AtLeast is null ? null : ask(isPresence ? most : least, null),
            Open = stack.Open ?? "",
            // What only takes away refutes no claim that nothing is allowed, and saves none that something is.
            UnknownIfHolds = isPresence || isBoth ? all : stack.Unknown,
            UnknownIfViolated = isPresence ? stack.Unknown : all,
        };
    }

    /// <summary>
    /// A question about more access than before, or the same. Values that only the deployment knows are compared by their names first; a policy that is not in
    /// either file is the same on both sides.
    /// </summary>
    private static ConfiguredQuestion Compared(ConfiguredStack stack, ConfiguredStack before, Question question, Query query,
        Func<PolicyStack, PolicyStack?, Query?> ask)
    {
        bool isOpen = stack.AtLeast is not null || before.AtLeast is not null, isEquivalent = question == Question.Equivalent;
        PolicyStack now = stack.Named ?? stack.Stack!, then = before.Named ?? before.Stack!;
        bool isUnknownAlike = SharedUnknown.IsAll(stack.Unknown, before.Unknown) && SharedUnknown.IsAll(stack.UnknownLimits, before.UnknownLimits);
        ImmutableArray<string> all = [.. stack.Unknown.Concat(stack.UnknownLimits).Concat(before.Unknown).Concat(before.UnknownLimits).Distinct()];
        Query? named = isOpen ? WithoutTables(ask(now, then)) : null;
        return new ConfiguredQuestion(stack.Name, isEquivalent && named is not null ? named : query)
        {
            Holder = stack.Holder,
            Undecided = stack.Undecided ?? before.Undecided,
            Named = named,
            Certain = isOpen && !isEquivalent ? ask(stack.AtLeast ?? stack.Stack!, before.Stack) : null,
            Open = stack.Open ?? before.Open ?? "",
            UnknownIfHolds = isUnknownAlike && stack.Unknown.IsEmpty ? [] : all,
            Shared = isUnknownAlike && !stack.Unknown.IsEmpty && ask(SharedUnknown.Beside(now), SharedUnknown.Beside(then)) is { } shared
                ? isOpen ? WithoutTables(shared) : shared : null,
            UnknownIfViolated = isOpen && isEquivalent ? [stack.Open ?? before.Open!, .. all] : all,
        };
    }

    private static Query? WithoutTables(Query? query) => query is null ? null : query with { Without = [.. query.Without.Union(Tables)] };
}
