namespace ProvableSec.Rules.Policies;

/// <summary>Names a statement so that the name stays when others are inserted before it and when the text is laid out anew.</summary>
/// <param name="Sid">Its Sid; null where it has none that is known.</param>
/// <param name="Meaning">
/// <c>sha256:</c> and a hash of what the statement means, its Sid aside: the order of actions, resources and values, single values in lists, white space and
/// escapes make no difference; effect, principals, actions, resources and conditions do.
/// </param>
/// <param name="IsSidShared">Whether another statement of the policy has the same Sid, so that it names none.</param>
public sealed record StatementAnchor(string? Sid, string Meaning, bool IsSidShared = false)
{
    /// <summary>The Sid, or the hash where there is no Sid of its own.</summary>
    public string Name => Sid is { } own && !IsSidShared ? own : Meaning;

    /// <summary>Whether the statement is meant by a Sid or a hash.</summary>
    /// <param name="name">What was written down.</param>
    public bool IsCalled(string name) => name == Meaning || name == Name;
}
