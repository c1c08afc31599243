namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// What AWS keeps for itself: calls that no user, role, root user or federated identity of a customer can make on some resources, whatever
/// policies allow and whosever account it is. AWS's services and service-linked roles do make them.
/// </summary>
internal static class ReservedResources
{
    private static readonly Reservation[] Table =
    [
        // IAM User Guide, "Managed policies and inline policies" ("You cannot change the permissions defined in AWS managed policies");
        // IAM API Reference, TagPolicy: customer managed policies only. CreatePolicy makes policies of the caller's own account.
        new(
            "iam",
            "aws",
            "policy/",
            ["CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion", "TagPolicy", "UntagPolicy"],
            "AWS managed policies can be attached, detached and read, but only AWS changes or deletes them"),

        // IAM User Guide, "Create a service-linked role" and "Edit a service-linked role description"; IAM API Reference, UnmodifiableEntity
        // of each action. The description is the customer's (UpdateRole, UpdateRoleDescription), and so are CreateServiceLinkedRole and
        // DeleteServiceLinkedRole.
        new(
            "iam",
            "",
            "role/aws-service-role/",
            [
                "AttachRolePolicy", "DetachRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy",
                "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary", "DeleteRole",
            ],
            "only AWS changes the permissions and the trust policy of a service-linked role; iam:DeleteServiceLinkedRole deletes one"),

        // Only IAM Identity Center changes what is below the path, with the permissions of AWSSSOServiceRolePolicy (AWS Managed Policy Reference);
        // everybody else is answered UnmodifiableEntity.
        new(
            "iam",
            "",
            "role/aws-reserved/",
            [
                "AttachRolePolicy", "DetachRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy",
                "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary", "DeleteRole", "UpdateRole", "UpdateRoleDescription",
            ],
            "only AWS changes or deletes the roles below role/aws-reserved/"),

        // AWS KMS Developer Guide, "Create aliases": the prefix is reserved for AWS managed keys, whose aliases customers cannot manage.
        new("kms", "", "alias/aws/", ["CreateAlias", "UpdateAlias", "DeleteAlias"], "only AWS creates, changes or deletes the aliases below alias/aws/"),
    ];

    /// <summary>Why AWS refuses a customer's call; null when it does not.</summary>
    public static string? Refusal(string action, in ResourceFields resource)
    {
        foreach (Reservation reservation in Table)
        {
            if (reservation.Covers(action, in resource))
            {
                return reservation.Reason;
            }
        }

        return null;
    }

    /// <param name="service">The prefix of the actions, and the service in the resource's ARN.</param>
    /// <param name="account">The account in the ARN; empty for any.</param>
    /// <param name="prefix">The beginning of the ARN's sixth field.</param>
    /// <param name="actions">The actions' names.</param>
    /// <param name="reason">What to tell whoever asks.</param>
    private sealed class Reservation(string service, string account, string prefix, string[] actions, string reason)
    {
        public string Reason => reason;

        public bool Covers(string action, in ResourceFields resource)
        {
            // Of most requests no more is looked at than this.
            if (action.Length <= service.Length || action[service.Length] != ':' || !CaseFold.StartsWith(action.AsSpan(), service.AsSpan()))
            {
                return false;
            }

            if (!resource.Rest.StartsWith(prefix.AsSpan())
                || !resource.Service.SequenceEqual(service.AsSpan())
                || (account.Length > 0 && !resource.Account.SequenceEqual(account.AsSpan())))
            {
                return false;
            }

            foreach (string name in actions)
            {
                if (CaseFold.Equal(action.AsSpan(service.Length + 1), name.AsSpan()))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
