using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>Calls that callers of a kind cannot make, whatever policies allow.</summary>
internal static class CallerLimits
{
    /// <summary>Why AWS refuses the call of such a caller; null when policies decide.</summary>
    public static string? Refusal(CallerPrincipal caller, string action) => caller.Kind switch
    {
        // STS API Reference, AssumeRole: "You cannot use AWS account root user credentials to call AssumeRole".
        PrincipalKind.Root when Is(action, "sts:AssumeRole") => "the root user cannot call sts:AssumeRole; a user or role can",

        // STS API Reference, GetFederationToken: no IAM operations, of STS only GetCallerIdentity.
        PrincipalKind.FederatedUser when IsOf(action, "iam:") => "a session of sts:GetFederationToken cannot call IAM",
        PrincipalKind.FederatedUser when IsOf(action, "sts:") && !Is(action, "sts:GetCallerIdentity") =>
            "a session of sts:GetFederationToken can call only sts:GetCallerIdentity of STS",

        // IAM User Guide, "Principal": web identities and SAML principals exist until they have assumed the role; STS API Reference, AssumeRoleWith….
        PrincipalKind.Federated when !AssumesRole(action, caller.IsSamlProvider ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity") =>
            caller.IsSamlProvider
                ? "a SAML identity can call only sts:AssumeRoleWithSAML, sts:TagSession and sts:SetSourceIdentity; the role it assumes can do more"
                : "a web identity can call only sts:AssumeRoleWithWebIdentity, sts:TagSession and sts:SetSourceIdentity; the role it assumes can do more",
        _ => null,
    };

    private static bool AssumesRole(string action, string call) => Is(action, call) || Is(action, "sts:TagSession") || Is(action, "sts:SetSourceIdentity");

    private static bool Is(string action, string name) => CaseFold.Equal(action.AsSpan(), name.AsSpan());

    private static bool IsOf(string action, string service) => CaseFold.StartsWith(action.AsSpan(), service.AsSpan());
}
