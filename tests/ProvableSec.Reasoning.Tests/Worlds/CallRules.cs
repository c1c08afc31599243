using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Calls that a caller does not make, or not on such a resource (IAM User Guide, "AWS managed policies", "Service-linked roles"; AWS STS API
/// reference).</summary>
internal static class CallRules
{
    private static readonly string[] ChangesOfPolicies = ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion", "iam:TagPolicy", "iam:UntagPolicy"];

    private static readonly string[] ChangesOfRoles =
    [
        "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary",
            "iam:DeleteRolePermissionsBoundary", "iam:UpdateAssumeRolePolicy",
    ];

    private static readonly string[] ChangesOfAliases = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"];

    public static IEnumerable<string> Violations(SentRequest request)
    {
        CallerPrincipal caller = request.Caller;
        if (caller.Kind == PrincipalKind.Root && Is("sts:AssumeRole"))
        {
            yield return "root users cannot call sts:AssumeRole";
        }

        if (caller.Kind == PrincipalKind.Federated && !Is("sts:TagSession") && !Is("sts:SetSourceIdentity")
            && !Is(caller.Path.StartsWith("saml-provider/", StringComparison.Ordinal) ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity"))
        {
            yield return "web identities and SAML subjects only assume roles";
        }

        if (caller.Kind == PrincipalKind.FederatedUser && (request.Action.StartsWith("iam:", StringComparison.OrdinalIgnoreCase)
            || (request.Action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase) && !Is("sts:GetCallerIdentity"))))
        {
            yield return "federated users call nothing of IAM, and of STS only GetCallerIdentity";
        }

        // Services change what AWS keeps, themselves and through the roles linked to them.
        bool linked = caller.Path.StartsWith("aws-service-role/", StringComparison.Ordinal)
            || (caller.Kind == PrincipalKind.AssumedRole && request.Of("aws:principalarn") is [var role]
                && role.Contains(":role/aws-service-role/", StringComparison.Ordinal));
        if (caller.Kind == PrincipalKind.Service || linked || request.ResourceArn is not { } arn)
        {
            yield break;
        }

        string name = arn[5];
        if (arn[2] == "iam" && arn[4] == "aws" && name.StartsWith("policy/", StringComparison.Ordinal) && IsOneOf(ChangesOfPolicies))
        {
            yield return "customers do not change policies that AWS manages";
        }

        if (arn[2] == "iam" && name.StartsWith("role/aws-service-role/", StringComparison.Ordinal) && IsOneOf(ChangesOfRoles))
        {
            yield return "customers do not change the permissions and trust of service-linked roles";
        }

        if (arn[2] == "iam" && name.StartsWith("role/aws-reserved/", StringComparison.Ordinal)
            && (IsOneOf(ChangesOfRoles) || Is("iam:DeleteRole") || Is("iam:UpdateRole") || Is("iam:UpdateRoleDescription")))
        {
            yield return "customers do not change reserved roles";
        }

        if (arn[2] == "kms" && name.StartsWith("alias/aws/", StringComparison.Ordinal) && IsOneOf(ChangesOfAliases))
        {
            yield return "customers do not change aliases of AWS";
        }

        bool Is(string action) => request.Action.Equals(action, StringComparison.OrdinalIgnoreCase);

        bool IsOneOf(string[] actions) => actions.Contains(request.Action, StringComparer.OrdinalIgnoreCase);
    }
}
