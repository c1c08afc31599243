using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.ServiceData;
using static ProvableSec.Reasoning.Tests.Evaluation.Statements;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 15 and 16: whom SCPs and RCPs bind.</summary>
public sealed class ControlPolicyTests
{
    [Fact]
    public void Line15_EveryScpLevelMustAllow()
    {
        Case member = Case.With(Case.AllowAll);
        Assert.Equal("allowed by All", member.Scp(Case.AllowAll, Case.AllowAll, Case.AllowAll).Told());
        Assert.Equal([PolicyLayer.ServiceControlPolicies], member.Scp(Case.AllowAll, Queues, Case.AllowAll).Decide().BlockedBy);
        Assert.Equal([PolicyLayer.ServiceControlPolicies], member.Scp(Case.AllowAll, "").Decide().BlockedBy);
        Decision denied = member.Scp(Case.AllowAll, $"{Case.AllowAll},{Deny}").Decide();
        Assert.Equal("serviceControlPolicies[1][0]", Assert.Single(denied.By).Slot.ToString());
    }

    [Fact]
    public void Line15_ScpsDoNotBind_ManagementAccount_ServiceLinkedRoles_Services_Outsiders()
    {
        Assert.Equal("allowed by All", Case.With(Case.AllowAll).Scp("").InOrganization(Case.Account).Told());
        Assert.Equal("blocked at serviceControlPolicies though All allows",
            Case.With(Case.AllowAll).Scp("").InOrganization(Case.OtherAccount, Case.Account).Told());
        Assert.True(Case.By("arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX").Identity(Case.AllowAll).Scp("").Allowed());
        Assert.True(Case.By("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s")
            .Key("aws:PrincipalArn", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX").Identity(Case.AllowAll).Scp("")
            .Allowed());
        Assert.True(Case.By("sns.amazonaws.com").Resource(Grant("""{"Service":"sns.amazonaws.com"}""")).Scp("").Allowed());
        Assert.True(Case.By(Case.Anonymous).Resource(Grant("\"*\"")).Scp("").Allowed());
    }

    [Fact]
    public void Line16_RcpBindsByTheResource_Everyone()
    {
        const string deny = """{"Sid":"R","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""";
        Assert.Equal("denied by R at resourceControlPolicies", Case.By(Case.Outsider).Identity(Case.AllowAll).OwnedBy(Case.Account).Resource(Grant("\"*\""))
            .Rcp(deny).Told());
        Assert.Equal("denied by R at resourceControlPolicies", Case.By(Case.Root).Rcp(deny).Told());
        Assert.Equal("denied by R at resourceControlPolicies", Case.By("sns.amazonaws.com").Resource(Grant("\"*\"")).Rcp(deny).Told());
        Assert.Equal("denied by R at resourceControlPolicies", Case.By(Case.Anonymous).Resource(Grant("\"*\"")).Rcp(deny).Told());
    }

    [Fact]
    public void Line16_RcpDoesNotReach_ManagementAccount_ServiceLinkedRoles_OtherServices_ActionsWithoutResource()
    {
        const string deny = """{"Sid":"R","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""";
        Case user = Case.With(Case.AllowAll).Rcp(deny);
        Assert.True(user.InOrganization(Case.Account).Allowed());
        Assert.True(user.Does("ec2:StartInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1").Allowed());
        Assert.True(user.Does("s3:ListAllMyBuckets").Allowed());
        Assert.False(user.Does("kms:Decrypt", Case.KmsKey).Resource(Grant("\"*\"")).Allowed());
        Assert.True(user.Does("kms:RetireGrant", Case.KmsKey).Resource(Grant("\"*\"")).Allowed());
        Assert.True(Case.By("arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R").Identity(Case.AllowAll).Rcp(deny).Allowed());
    }

    [Fact]
    public void Line16_RcpDoesNotReach_TheTrustPolicyOfAServiceLinkedRole()
    {
        const string deny = """{"Sid":"R","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""";
        Case assume = Case.By("ecs.amazonaws.com").Rcp(deny).Resource("""{"Sid":"T","Effect":"Allow","Principal":{"Service":"ecs.amazonaws.com"},"Action":"sts:AssumeRole"}""");
        Assert.Equal("allowed by T", assume.Does("sts:AssumeRole", "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
            .Told());
        Assert.Equal("denied by R at resourceControlPolicies", assume.Does("sts:AssumeRole", "arn:aws:iam::111122223333:role/service-role/ecs").Told());
    }

    [Fact]
    public void Line16_RcpServicesAreThoseOfTheDatedList()
    {
        // Organizations User Guide, "Resource control policies", as of 2026-09-26. It says opensearch, not es.
        const string listed = "aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data codeartifact codebuild codecommit "
            + "codepipeline cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms "
            + "gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad personalize polly pricing resource-groups "
            + "rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray";
        Assert.Equal(listed.Split(' '), ServiceCatalogue.Default.ServicePrefixes.Where(ServiceCatalogue.Default.IsRcpService));
    }

    [Fact]
    public void Line16_RcpFullAccessIsAlwaysThere() => Assert.True(Case.With(Case.AllowAll).Rcp("", "").Allowed());
}
