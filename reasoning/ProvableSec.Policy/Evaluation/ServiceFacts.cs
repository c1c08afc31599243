using ProvableSec.ServiceData;

namespace ProvableSec.Policy.Evaluation;

/// <summary>What the evaluation needs to know of services. Most of it is in the service catalogue; the rest is named here with its source.</summary>
internal static class ServiceFacts
{
    // IAM User Guide, "Global condition context keys", note on aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths.
    private static readonly HashSet<string> WithoutResourceAccount = new(StringComparer.OrdinalIgnoreCase)
    {
        "auditmanager:UpdateAssessmentFrameworkShare", "detective:AcceptInvitation", "ds:AcceptSharedDirectory",
        "ec2:AcceptTransitGatewayPeeringAttachment", "ec2:AcceptVpcEndpointConnections", "ec2:AcceptVpcPeeringConnection",
        "ec2:CopyImage", "ec2:CopySnapshot", "ec2:CreateTransitGatewayPeeringAttachment", "ec2:CreateVolume", "ec2:CreateVpcEndpoint",
        "ec2:CreateVpcPeeringConnection", "ec2:DeleteTransitGatewayPeeringAttachment", "ec2:DeleteVpcPeeringConnection",
        "ec2:RejectTransitGatewayPeeringAttachment", "ec2:RejectVpcEndpointConnections", "ec2:RejectVpcPeeringConnection",
        "events:PutEvents", "guardduty:AcceptAdministratorInvitation", "macie2:AcceptInvitation", "es:AcceptInboundConnection",
        "route53:AssociateVpcWithHostedZone", "route53:CreateVPCAssociationAuthorization", "route53:DeleteVPCAssociationAuthorization",
        "route53:DisassociateVPCFromHostedZone", "route53:ListHostedZonesByVPC", "securityhub:AcceptAdministratorInvitation",
    };

    /// <summary>Whether an action has resource types; null when it is not known.</summary>
    public static bool? HasResourceTypes(string action) =>
        ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known) ? known.ResourceTypes.Count > 0 : null;

    /// <summary>Whether resource control policies reach an action: its service takes part, it has a resource, and it is not exempt.</summary>
    public static bool IsReachedByResourceControl(string action) =>
        action.IndexOf(':') is var colon and > 0
        && ServiceCatalogue.Default.IsRcpService(action.Substring(0, colon))
        && HasResourceTypes(action) != false
        && !action.Equals("kms:RetireGrant", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a service has gateway endpoints.</summary>
    public static bool HasGatewayEndpoint(string action) =>
        CaseFold.StartsWith(action.AsSpan(), "s3:".AsSpan()) || CaseFold.StartsWith(action.AsSpan(), "dynamodb:".AsSpan());

    /// <summary>Whether AWS sends <c>aws:ResourceAccount</c> with an action.</summary>
    public static bool SendsResourceAccount(string action) =>
        !WithoutResourceAccount.Contains(action) && !CaseFold.StartsWith(action.AsSpan(), "ebs:".AsSpan());
}
