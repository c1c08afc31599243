using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Linq;

/// <summary>
/// Neither a request was found nor was it proved that there is none. A Boolean cannot say so, and must not be taken for one of the two.
/// <see cref="RequestQuery.Decide"/> says it without an exception.
/// </summary>
public sealed class UndecidedException : Exception
{
    internal UndecidedException(Answer answer, ImmutableArray<Witness> found)
        : base(found.IsEmpty ? $"undecided: {answer.Reason}" : $"undecided whether there are more than {found.Length}: {answer.Reason}")
    {
        Answer = answer;
        Found = found;
    }

    /// <summary>The answer, with its reason.</summary>
    public Answer Answer { get; }

    /// <summary>What <see cref="RequestQuery.Take"/> had found until then.</summary>
    public ImmutableArray<Witness> Found { get; }
}
