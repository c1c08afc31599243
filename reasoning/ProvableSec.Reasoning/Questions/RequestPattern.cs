using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Questions;

/// <summary>A partial request: fields left out are free, fields given restrict. Immutable.</summary>
public sealed record RequestPattern
{
    /// <summary>Every request.</summary>
    public static RequestPattern Any { get; } = new();

    /// <summary>The principal, by the name a policy would give it.</summary>
    public FieldPattern? Principal { get; init; }

    /// <summary>What kind of principal.</summary>
    public PrincipalKind? PrincipalType { get; init; }

    /// <summary>The action.</summary>
    public FieldPattern? Action { get; init; }

    /// <summary>The resource.</summary>
    public FieldPattern? Resource { get; init; }

    /// <summary>The account the resource belongs to.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>Condition keys as written, and what is said of each. A key with several patterns has a value for each of them.</summary>
    public ImmutableArray<KeyValuePair<string, FieldPattern>> Context { get; init; } = ImmutableArray<KeyValuePair<string, FieldPattern>>.Empty;
}
