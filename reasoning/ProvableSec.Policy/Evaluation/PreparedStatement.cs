using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>What is known of a statement without a request, so that most statements are passed over at a glance. Worked out once and kept with it.</summary>
internal sealed class PreparedStatement
{
    private const ulong Every = ulong.MaxValue;

    private readonly ulong beginnings;
    private readonly ImmutableArray<Condition> conditions;
    private KnownKey[]? keys;

    private PreparedStatement(Statement statement)
    {
        foreach (PolicyPattern pattern in statement.Action.Patterns)
        {
            beginnings |= Beginnings(pattern.Text);
            NamesOddActions |= !CanMatch(pattern.Text);
        }

        conditions = statement.Conditions;
    }

    /// <summary>Whether a pattern of the statement's actions has a character that no action has.</summary>
    public bool NamesOddActions { get; }

    /// <summary>The known keys of the conditions, in their order; made when an action and a resource match for the first time.</summary>
    public KnownKey[] Keys => keys ??= [.. conditions.Select(condition => KnownKeys.Find(condition.FoldedKey))];

    public static PreparedStatement Of(Statement statement) =>
        (PreparedStatement)(statement.Prepared ??= new PreparedStatement(statement));

    /// <summary>What an action has to share with a pattern to match it: its first two characters, as one of 64 bits.</summary>
    public static ulong Beginning(ReadOnlySpan<char> action) =>
        action.Length < 2 ? Every : 1UL << (((CaseFold.Of(action[0]) * 5) + CaseFold.Of(action[1])) % 64);

    /// <summary>False where no pattern of the statement's actions can match an action that begins so.</summary>
    public bool MayName(ulong beginning) => (beginnings & beginning) != 0;

    /// <summary>
    /// False for a pattern with a character that no action has. It may fit all the same: folding case makes a k of U+212A, and a caller of the
    /// library may ask about any action.
    /// </summary>
    public static bool CanMatch(string pattern)
    {
        foreach (char c in pattern)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= ':') or '*' or '?' or '-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong Beginnings(string pattern) =>
        pattern.Length < 2 || pattern[0] is '*' or '?' || pattern[1] is '*' or '?' ? Every : Beginning(pattern.AsSpan());
}
