using System.Collections.Immutable;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Filtering;

/// <summary>
/// The conditions of all rules as one list of questions about single fields. Each says where to go on when it is met and when it is not, so that
/// what joins them costs nothing for each record.
/// </summary>
internal sealed class RuleProgram
{
    private readonly List<Question> questions = [];

    /// <summary>Makes the list.</summary>
    /// <param name="rules">The rules; the first whose condition is met decides.</param>
    public RuleProgram(LogRules rules)
    {
        // From the last to the first: where a question goes on is known before the question.
        int at = Decided(rules.Rules.Length);
        for (int i = rules.Rules.Length - 1; i >= 0; i--)
        {
            at = Add(rules.Rules[i].When, Decided(i), at);
        }

        First = at;
        Questions = [.. questions];
    }

    /// <summary>The questions.</summary>
    public Question[] Questions { get; }

    /// <summary>The question to begin with; below zero as in <see cref="Question"/>.</summary>
    public int First { get; }

    /// <summary>The rule that decides, where there is no question left; the number of rules when none does.</summary>
    public static int RuleOf(int at) => ~at;

    private static int Decided(int rule) => ~rule;

    private int Add(LogCondition condition, int ifMet, int ifNot)
    {
        switch (condition)
        {
            case LogCondition.All all:
                for (int i = all.Conditions.Length - 1; i >= 0; i--)
                {
                    ifMet = Add(all.Conditions[i], ifMet, ifNot);
                }

                return ifMet;
            case LogCondition.Any any:
                for (int i = any.Conditions.Length - 1; i >= 0; i--)
                {
                    ifNot = Add(any.Conditions[i], ifMet, ifNot);
                }

                return ifNot;
            case LogCondition.Not not:
                return Add(not.Condition, ifNot, ifMet);
            default:
                questions.Add(new Question(condition, ifMet, ifNot));
                return questions.Count - 1;
        }
    }

    /// <summary>A question about one field.</summary>
    internal readonly struct Question
    {
        public Question(LogCondition condition, int ifMet, int ifNot)
        {
            Condition = condition;
            IfMet = ifMet;
            IfNot = ifNot;
            if (condition is LogCondition.Text { Field: not (LogField.Header or LogField.Host) } text)
            {
                Field = RecordFields.Of(text.Field);
                Patterns = text.Patterns;
            }
        }

        public LogCondition Condition { get; }

        /// <summary>The question to go on with when it is met; the complement of a rule's number when that rule decides.</summary>
        public int IfMet { get; }

        /// <summary>The same when it is not met.</summary>
        public int IfNot { get; }

        /// <summary>The field, when it is one whose values are compared as they are; else none.</summary>
        public RecordField Field { get; }

        /// <summary>What meets it, when it has a field.</summary>
        public ImmutableArray<TextPattern> Patterns { get; }
    }
}
