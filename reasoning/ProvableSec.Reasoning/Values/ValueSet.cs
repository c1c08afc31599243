using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>How the values of a set are compared; sets of one kind can be searched together exactly.</summary>
internal enum ValueKind
{
    /// <summary>As text, by patterns.</summary>
    Text,

    /// <summary>As decimal numbers.</summary>
    Number,

    /// <summary>As moments.</summary>
    Date,

    /// <summary>As addresses.</summary>
    Address,

    /// <summary>As truth values.</summary>
    Truth,

    /// <summary>As bytes in base64.</summary>
    Bytes,
}

/// <summary>A set of strings that a condition speaks of. Immutable: one may serve many questions, and threads, at once.</summary>
internal abstract class ValueSet : IEquatable<ValueSet>
{
    /// <summary>A text that is equal for equal sets of one kind.</summary>
    public abstract string Identity { get; }

    public abstract ValueKind Kind { get; }

    /// <summary>The disputed points on which membership depends.</summary>
    public virtual Reading Sensitivity => Reading.None;

    /// <summary>Membership under a reading of each disputed point.</summary>
    public abstract bool Contains(string value, Reading readings, Budget? budget = null);

    /// <summary>
    /// For the typed kinds: values such that, taken over all sets in question, every distinguishable class of values has a representative.
    /// </summary>
    public virtual IEnumerable<string> Candidates(Reading readings) => [];

    /// <inheritdoc/>
    public virtual bool Equals(ValueSet? other) =>
        ReferenceEquals(this, other) || (other is not null && Kind == other.Kind && string.Equals(Identity, other.Identity, StringComparison.Ordinal));

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as ValueSet);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Identity);
}
