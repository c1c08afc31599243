namespace ProvableSec.Reasoning.Questions;

/// <summary>What can be asked (the names in the query format are kebab-case: <c>no-new-access</c>).</summary>
public enum Question
{
    /// <summary>Every request that the policy allows, the baseline allowed.</summary>
    NoNewAccess,

    /// <summary>Policy and baseline allow the same requests.</summary>
    Equivalent,

    /// <summary>No request that a property describes is allowed.</summary>
    NotGranted,

    /// <summary>Every request that a property describes is allowed.</summary>
    Granted,

    /// <summary>Some completion of a partial request is allowed.</summary>
    Can,

    /// <summary>No outsider is allowed.</summary>
    NoPublicAccess,

    /// <summary>Removing any one statement changes what is allowed.</summary>
    NoDeadStatement,
}
