using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ProvableSec.Testing;

/// <summary>
/// One text or several: actions, resources, accounts. Write <c>"s3:GetObject"</c>, or <c>["s3:GetObject", "s3:PutObject"]</c>. Actions and resources may have
/// the wildcards
/// <c>*</c> and <c>?</c>.
/// </summary>
[CollectionBuilder(typeof(PolicyPatterns), nameof(Create))]
public sealed class PolicyPatterns : IEnumerable<string>
{
    private readonly ImmutableArray<string> texts;

    private PolicyPatterns(IEnumerable<string> texts) => this.texts = texts.ToImmutableArray();

    /// <summary>Several texts.</summary>
    public static PolicyPatterns Create(ReadOnlySpan<string> texts) => new(texts.ToArray());

    /// <summary>One text.</summary>
    public static implicit operator PolicyPatterns(string text) => new([text]);

    /// <summary>Several texts.</summary>
    public static implicit operator PolicyPatterns(string[] texts) => new(texts);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => texts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The texts, as a sentence lists them.</summary>
    public override string ToString() => texts.Length switch
    {
        0 => "nothing",
        1 => texts[0],
        _ => $"{string.Join(", ", texts.Take(texts.Length - 1))} or {texts[texts.Length - 1]}",
    };
}
