using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>Strings by patterns; where a pattern's meaning is disputed, one pattern set a reading, compiled when first needed.</summary>
internal sealed class TextSet : ValueSet
{
    private readonly PatternSet? undisputed;
    private readonly Func<Reading, PatternSet>? compile;
    private readonly Lazy<string>? identity;

    // Two threads may compile the same thing twice, and one may forget what the other has compiled.
    private volatile Compiled? compiled;

    /// <summary>A set whose meaning is not disputed.</summary>
    public TextSet(PatternSet patterns) => undisputed = patterns;

    /// <summary>A set whose meaning is disputed.</summary>
    /// <param name="identity">A text that is equal for equal sets.</param>
    /// <param name="sensitivity">The disputed points.</param>
    /// <param name="compile">The patterns under a reading of these.</param>
    public TextSet(Func<string> identity, Reading sensitivity, Func<Reading, PatternSet> compile)
    {
        this.compile = compile;
        this.identity = new Lazy<string>(identity, LazyThreadSafetyMode.PublicationOnly);
        Sensitivity = sensitivity;
    }

    /// <summary>The string named, and no other.</summary>
    public static TextSet Of(string literal) => new(new PatternSet(literal));

    /// <summary>The strings named, and no other.</summary>
    public static TextSet Of(params string[] literals) => new(new PatternSet(literals.Select(CharPattern.Of)));

    /// <summary>The strings of one pattern.</summary>
    public static TextSet Of(CharPattern pattern) => new(new PatternSet(pattern));

    public override string Identity => undisputed is not null ? undisputed.Identity : identity!.Value;

    public override ValueKind Kind => ValueKind.Text;

    public override Reading Sensitivity { get; }

    /// <summary>The patterns under a reading.</summary>
    public PatternSet Patterns(Reading readings)
    {
        if (undisputed is not null)
        {
            return undisputed;
        }

        Reading relevant = readings & Sensitivity;
        for (Compiled? one = compiled; one is not null; one = one.Next)
        {
            if (one.Under == relevant)
            {
                return one.Patterns;
            }
        }

        PatternSet set = compile!(relevant);
        compiled = new Compiled(relevant, set, compiled);
        return set;
    }

    public override bool Contains(string value, Reading readings, Budget? budget = null) => Patterns(readings).Contains(value, budget);

    /// <inheritdoc/>
    public override bool Equals(ValueSet? other) => ReferenceEquals(this, other)
        || (other is TextSet text && (undisputed is null || text.undisputed is null ? undisputed == text.undisputed && Identity == text.Identity
            : undisputed.Equals(text.undisputed)));

    /// <inheritdoc/>
    public override int GetHashCode() => undisputed is not null ? undisputed.GetHashCode() : StringComparer.Ordinal.GetHashCode(Identity);

    /// <summary>What has been compiled so far: few readings of any set are asked for.</summary>
    private sealed record Compiled(Reading Under, PatternSet Patterns, Compiled? Next);
}
