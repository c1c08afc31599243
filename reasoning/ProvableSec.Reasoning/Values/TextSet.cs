using ProvableSec.Policy;

namespace ProvableSec.Reasoning.Values;

/// <summary>Strings by patterns; where a pattern's meaning is disputed, one pattern set a reading, compiled when first needed.</summary>
internal sealed class TextSet(string identity, Reading sensitivity, Func<Reading, PatternSet> compile) : ValueSet
{
    private readonly Dictionary<Reading, PatternSet> compiled = [];

    /// <summary>A set whose meaning is not disputed.</summary>
    public TextSet(PatternSet patterns)
        : this(patterns.Identity, Reading.None, _ => patterns)
    {
    }

    /// <summary>The strings named, and no other.</summary>
    public static TextSet Of(params string[] literals) => new(new PatternSet(literals.Select(CharPattern.Of)));

    public override string Identity { get; } = identity;

    public override ValueKind Kind => ValueKind.Text;

    public override Reading Sensitivity { get; } = sensitivity;

    /// <summary>The patterns under a reading.</summary>
    public PatternSet Patterns(Reading readings)
    {
        Reading relevant = readings & Sensitivity;
        if (!compiled.TryGetValue(relevant, out PatternSet? set))
        {
            compiled.Add(relevant, set = compile(relevant));
        }

        return set;
    }

    public override bool Contains(string value, Reading readings) => Patterns(readings).Contains(value);
}
