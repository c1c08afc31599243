namespace ProvableSec.Rules.Policies.Checks;

/// <summary>How a statement comes to grant an action.</summary>
internal enum RoleGrantForm
{
    /// <summary>It is written out.</summary>
    Literal,

    /// <summary>A wildcard of Action takes it in.</summary>
    Wildcard,

    /// <summary>NotAction leaves it in.</summary>
    NotAction,
}
