using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Line 22: what AWS keeps for itself.</summary>
public sealed class ReservedResourceTests
{
    private const string Managed = "arn:aws:iam::aws:policy/job-function/Billing";
    private const string Linked = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    private const string SingleSignOn = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef";
    private const string Alias = "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3";

    [Theory]
    [InlineData("iam:CreatePolicy", Managed)]
    [InlineData("iam:CreatePolicyVersion", Managed)]
    [InlineData("iam:DeletePolicy", Managed)]
    [InlineData("iam:DeletePolicyVersion", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess")]
    [InlineData("IAM:setdefaultpolicyversion", Managed)]
    [InlineData("iam:TagPolicy", Managed)]
    [InlineData("iam:UntagPolicy", Managed)]
    [InlineData("iam:AttachRolePolicy", Linked)]
    [InlineData("iam:DetachRolePolicy", Linked)]
    [InlineData("iam:PutRolePolicy", Linked)]
    [InlineData("iam:DeleteRolePolicy", Linked)]
    [InlineData("iam:UpdateAssumeRolePolicy", Linked)]
    [InlineData("iam:PutRolePermissionsBoundary", Linked)]
    [InlineData("iam:DeleteRolePermissionsBoundary", Linked)]
    [InlineData("iam:DeleteRole", Linked)]
    [InlineData("iam:PutRolePolicy", SingleSignOn)]
    [InlineData("iam:UpdateAssumeRolePolicy", SingleSignOn)]
    [InlineData("iam:UpdateRole", SingleSignOn)]
    [InlineData("iam:UpdateRoleDescription", SingleSignOn)]
    [InlineData("iam:DeleteRole", SingleSignOn)]
    [InlineData("kms:CreateAlias", Alias)]
    [InlineData("kms:UpdateAlias", Alias)]
    [InlineData("kms:DeleteAlias", Alias)]
    public void Line22_WhatAwsKeepsForItself_NoCustomerChanges(string action, string resource)
    {
        string partition = resource.Split(':')[1];
        foreach (string principal in (string[])[Case.User, Case.Role, Case.Session, Case.Root])
        {
            Decision decision = Case.By(principal.Replace("arn:aws:", $"arn:{partition}:", StringComparison.Ordinal)).Identity(Case.AllowAll)
                .Does(action, resource).Decide();
            Assert.Equal(DecisionReason.ImplicitDeny, decision.Reason);
            Assert.Empty(decision.BlockedBy);
            Assert.Contains("only AWS", decision.Warnings[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("iam:GetPolicy", Managed)]
    [InlineData("iam:GetPolicyVersion", Managed)]
    [InlineData("iam:ListEntitiesForPolicy", Managed)]
    [InlineData("iam:CreatePolicyVersion", "arn:aws:iam::111122223333:policy/aws")]
    [InlineData("iam:CreateServiceLinkedRole", Linked)]
    [InlineData("iam:DeleteServiceLinkedRole", Linked)]
    [InlineData("iam:UpdateRoleDescription", Linked)]
    [InlineData("iam:UpdateRole", Linked)]
    [InlineData("iam:GetRole", Linked)]
    [InlineData("iam:ListRolePolicies", Linked)]
    [InlineData("iam:AttachRolePolicy", "arn:aws:iam::111122223333:role/aws-service-roles/mine")]
    [InlineData("iam:AttachRolePolicy", "arn:aws:iam::111122223333:role/service-role/aws-service-role/mine")]
    [InlineData("iam:GetRole", SingleSignOn)]
    [InlineData("kms:DeleteAlias", "arn:aws:kms:eu-west-1:111122223333:alias/awsome")]
    [InlineData("kms:ListAliases", "*")]
    public void Line22_WhatCustomersMayDoThere_AndWhatOnlyLooksAlike(string action, string resource) =>
        Assert.Equal("allowed by All", Case.With(Case.AllowAll).Does(action, resource).Told());

    [Fact]
    public void Line22_AwsItselfChangesWhatItKeeps()
    {
        Case change = Case.By("arn:aws:iam::111122223333:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO").Identity(Case.AllowAll)
            .Does("iam:PutRolePolicy", SingleSignOn);
        Assert.True(change.Allowed());
    }

    [Fact]
    public void Line22_ExplicitDenyIsToldBeforeTheRefusal() =>
        Assert.Equal(
            "denied by D at identityPolicies",
            Case.By(Case.User).Identity(Case.AllowAll, """{"Sid":"D","Effect":"Deny","Action":"iam:*","Resource":"*"}""").Does("iam:DeletePolicy", Managed)
                .Told());
}
