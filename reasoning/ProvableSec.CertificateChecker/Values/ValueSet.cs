using ProvableSec.Policy;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>A set of values that a condition, or a fact about the world, speaks of. Equal names are equal sets.</summary>
internal abstract class ValueSet(string name)
{
    /// <summary>The set as a certificate writes it.</summary>
    public string Name { get; } = name;

    /// <summary>The disputed points on which membership depends.</summary>
    public virtual Reading Readings => Reading.None;

    /// <summary>Whether a text is a member, under a reading of each disputed point.</summary>
    public abstract bool Contains(string text, Reading readings);
}
