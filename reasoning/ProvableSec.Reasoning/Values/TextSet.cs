using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>Strings by patterns; where a pattern's meaning is disputed, one pattern set a reading, compiled when first needed.</summary>
internal sealed class TextSet : ValueSet
{
    private readonly PatternSet? undisputed;
    private readonly Func<Reading, PatternSet>? compile;
    private readonly Dictionary<Reading, PatternSet>? compiled;

    /// <summary>A set whose meaning is not disputed. Immutable, so one may serve many questions at once.</summary>
    public TextSet(PatternSet patterns)
    {
        undisputed = patterns;
        Identity = patterns.Identity;
    }

    /// <summary>A set whose meaning is disputed: for one question at a time.</summary>
    public TextSet(string identity, Reading sensitivity, Func<Reading, PatternSet> compile)
    {
        this.compile = compile;
        compiled = [];
        Identity = identity;
        Sensitivity = sensitivity;
    }

    /// <summary>The strings named, and no other.</summary>
    public static TextSet Of(params string[] literals) => new(new PatternSet(literals.Select(CharPattern.Of)));

    public override string Identity { get; }

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
        if (!compiled!.TryGetValue(relevant, out PatternSet? set))
        {
            compiled.Add(relevant, set = compile!(relevant));
        }

        return set;
    }

    public override bool Contains(string value, Reading readings, Budget? budget = null) => Patterns(readings).Contains(value, budget);
}
