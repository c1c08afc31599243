namespace ProvableSec.Reasoning.Questions;

/// <summary>What a witness supposes of policies that its question does not give.</summary>
[Flags]
public enum Supposition
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The caller's own policies allow what the resource policy grants.</summary>
    OwnPoliciesAllowWhatIsGranted = 1,

    /// <summary>The caller's own policies allow the request.</summary>
    OwnPoliciesAllow = 2,

    /// <summary>The resource's policy lets in whom the caller's account allows.</summary>
    Delegation = 4,

    /// <summary>The resource's policy grants the request to the caller by name, so that no other policy limits it.</summary>
    DirectGrant = 8,

    /// <summary>The resource's policy denies the request.</summary>
    Denial = 16,

    /// <summary>The resource's policy grants the request to the ARN of the caller's user or role, which session policies still limit, and a role's
    /// boundary.</summary>
    GrantByName = 32,

    /// <summary>The resource's policy grants the request to everyone.</summary>
    GrantToEveryone = 64,
}
