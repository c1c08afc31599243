namespace ProvableSec.ServiceData;

/// <summary>The actions with which AWS sends no <c>aws:ResourceAccount</c>, written by hand because the service authorization reference has no list of
/// them.</summary>
/// <remarks>
/// Source: IAM User Guide, page "AWS global condition context keys", note on aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, state of 2026). These are data: what a pattern among them
/// matches, the evaluator, the prover and the certificate checker each decide by themselves.
/// </remarks>
internal static class ResourceAccountActions
{
    /// <summary>Full names in AWS's spelling, and patterns with a final <c>*</c> for all actions of a service.</summary>
    public static IReadOnlyList<string> NotSent { get; } = Array.AsReadOnly(
    [
        "auditmanager:UpdateAssessmentFrameworkShare", "detective:AcceptInvitation", "ds:AcceptSharedDirectory", "ebs:*",
        "ec2:AcceptTransitGatewayPeeringAttachment", "ec2:AcceptVpcEndpointConnections", "ec2:AcceptVpcPeeringConnection", "ec2:CopyImage",
        "ec2:CopySnapshot", "ec2:CreateTransitGatewayPeeringAttachment", "ec2:CreateVolume", "ec2:CreateVpcEndpoint",
        "ec2:CreateVpcPeeringConnection", "ec2:DeleteTransitGatewayPeeringAttachment", "ec2:DeleteVpcPeeringConnection",
        "ec2:RejectTransitGatewayPeeringAttachment", "ec2:RejectVpcEndpointConnections", "ec2:RejectVpcPeeringConnection", "events:PutEvents",
        "guardduty:AcceptAdministratorInvitation", "macie2:AcceptInvitation", "es:AcceptInboundConnection", "route53:AssociateVpcWithHostedZone",
        "route53:CreateVPCAssociationAuthorization", "route53:DeleteVPCAssociationAuthorization", "route53:DisassociateVPCFromHostedZone",
        "route53:ListHostedZonesByVPC", "securityhub:AcceptAdministratorInvitation",
    ]);
}
