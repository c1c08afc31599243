namespace ProvableSec.Rules.ProgrammaticAccess;

/// <summary>Who has credentials.</summary>
internal enum CredentialHolder
{
    /// <summary>The root user of an account.</summary>
    Root,

    /// <summary>A user.</summary>
    User,

    /// <summary>A role that anyone can assume, such as guests of a Cognito identity pool.</summary>
    PublicRole,
}
