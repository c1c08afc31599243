using System.Collections.Immutable;

namespace ProvableSec.Reasoning.Questions;

/// <summary>What a partial request says of one of its fields.</summary>
/// <param name="IsAbsent">True when the field must be absent.</param>
/// <param name="Literals">Texts it may be.</param>
/// <param name="Like">Patterns with <c>*</c> and <c>?</c> it may match.</param>
public sealed record FieldPattern(bool IsAbsent, ImmutableArray<string> Literals, ImmutableArray<string> Like)
{
    /// <summary>The field is this text.</summary>
    public static FieldPattern Literal(string text) => new(false, ImmutableArray.Create(text), ImmutableArray<string>.Empty);

    /// <summary>The field matches this pattern.</summary>
    public static FieldPattern Matching(string pattern) => new(false, ImmutableArray<string>.Empty, ImmutableArray.Create(pattern));

    /// <summary>The field is absent.</summary>
    public static FieldPattern Absent { get; } = new(true, ImmutableArray<string>.Empty, ImmutableArray<string>.Empty);
}
