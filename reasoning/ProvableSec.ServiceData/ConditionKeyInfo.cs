namespace ProvableSec.ServiceData;

/// <summary>A condition key that a request may carry.</summary>
/// <param name="Name">
/// The name as AWS writes it, e.g. <c>aws:SourceIp</c>. A templated key keeps its placeholder:
/// <c>aws:RequestTag/${TagKey}</c>, <c>s3:ExistingObjectTag/&lt;key&gt;</c>. Case does not matter when names are compared.
/// </param>
/// <param name="Type">The type of one value.</param>
/// <param name="IsMultivalued">
/// Whether a request may carry several values for the key at once, so that a policy needs <c>ForAllValues</c> or
/// <c>ForAnyValue</c>.
/// </param>
public readonly record struct ConditionKeyInfo(string Name, ConditionKeyType Type, bool IsMultivalued)
{
    /// <summary>Whether <see cref="Name"/> has a placeholder and so stands for a family of keys.</summary>
    public bool IsTemplate => Placeholder.TryFind(Name, out _);

    /// <summary>
    /// Whether <paramref name="key"/> is this key or, for a template, a member of its family: the placeholder stands for
    /// at least one character of any kind (a tag key may hold <c>:</c> and <c>/</c>). Case does not matter.
    /// </summary>
    /// <param name="key">The name of a key as a policy has it, e.g. <c>aws:RequestTag/team</c>.</param>
    public bool Matches(string key)
    {
        if (key is null)
        {
            throw new ArgumentNullException(nameof(key));
        }

        return Placeholder.TryFind(Name, out var placeholder)
            ? placeholder.Matches(Name, key)
            : string.Equals(Name, key, StringComparison.OrdinalIgnoreCase);
    }
}
