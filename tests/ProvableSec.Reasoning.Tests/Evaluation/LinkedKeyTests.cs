using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Keys that follow from the caller, the resource and the organisation, and keys that a case lacks.</summary>
public sealed class LinkedKeyTests
{
    private const string Absent = "-";

    /// <summary>Whether the key has a value (or is absent) for a caller, seen through policies that ask for it.</summary>
    private static void Sees(Case caller, string key, string value)
    {
        string condition = value == Absent ? $$$"""{"Null":{"{{{key}}}":"true"}}""" : $$$"""{"ForAnyValue:StringEquals":{"{{{key}}}":"{{{value}}}"}}""";
        PolicyStack stack = caller.Stack with { IdentityPolicies = null, ResourcePolicy = null };
        Assert.True(Evaluator.AllowsAlone(Case.Policy(Case.Statement(condition)), stack, caller.Request), $"{key} is not {value}");
    }

    [Theory]
    [InlineData(Case.Root, Case.Root, "111122223333", "Account")]
    [InlineData(Case.User, Case.User, Absent, "User")]
    [InlineData(Case.Role, Case.Role, Absent, "AssumedRole")]
    [InlineData(Case.Session, Case.Role, Absent, "AssumedRole")]
    [InlineData(Case.Federated, Case.Federated, "111122223333:bob", "FederatedUser")]
    [InlineData(Case.Anonymous, Absent, "anonymous", "Anonymous")]
    [InlineData("sns.amazonaws.com", Absent, Absent, Absent)]
    public void Key_PrincipalArnUserIdAndType_FollowFromTheCaller(string principal, string arn, string userId, string type)
    {
        Case caller = Case.By(principal);
        Sees(caller, "aws:PrincipalArn", arn);
        Sees(caller, "aws:userid", userId);
        Sees(caller, "aws:PrincipalType", type);
    }

    [Theory]
    [InlineData(Case.User, "111122223333", "alice", "false", Absent)]
    [InlineData(Case.Session, "111122223333", Absent, "false", Absent)]
    [InlineData(Case.Root, "111122223333", Absent, "false", Absent)]
    [InlineData(Case.Anonymous, "anonymous", Absent, Absent, Absent)]
    [InlineData("sns.amazonaws.com", Absent, Absent, "true", "sns.amazonaws.com")]
    public void Key_AccountUserNameAndService_FollowFromTheCaller(string principal, string account, string userName, string isService, string service)
    {
        Case caller = Case.By(principal);
        Sees(caller, "aws:PrincipalAccount", account);
        Sees(caller, "aws:username", userName);
        Sees(caller, "aws:PrincipalIsAWSService", isService);
        Sees(caller, "aws:PrincipalServiceName", service);
    }

    [Fact]
    public void Key_ResourceAccount_FromTheCaseOrTheResource()
    {
        Sees(Case.By(Case.User), "aws:ResourceAccount", Case.Account);
        Sees(Case.By(Case.User).OwnedBy(Case.OtherAccount), "aws:ResourceAccount", Case.OtherAccount);
        Sees(Case.By(Case.Stranger).On(Case.Queue), "aws:ResourceAccount", Case.Account);
        Sees(Case.By(Case.Anonymous), "aws:ResourceAccount", Absent);
        Sees(Case.By(Case.User).Does("ec2:AcceptVpcPeeringConnection"), "aws:ResourceAccount", Absent);
        Sees(Case.By(Case.User).Does("ebs:ListSnapshotBlocks"), "aws:ResourceAccount", Absent);
    }

    [Fact]
    public void Key_OrganisationKeys_OnlyInsideAnOrganisation()
    {
        Case member = Case.By(Case.User).InOrganization(Case.OtherAccount, Case.Account);
        Sees(member, "aws:PrincipalOrgID", "o-a1");
        Sees(member, "aws:PrincipalOrgPaths", "o-a1/r-1/ou-1-x/");
        Sees(member, "aws:ResourceOrgID", "o-a1");
        Sees(member, "aws:ResourceOrgPaths", "o-a1/r-1/ou-1-x/");
        Sees(Case.By(Case.Stranger).InOrganization(Case.OtherAccount), "aws:PrincipalOrgID", "o-a1");
        Sees(Case.By(Case.Stranger).InOrganization(null, Case.Account), "aws:PrincipalOrgID", Absent);
        Sees(Case.By(Case.User), "aws:PrincipalOrgID", Absent);
        Sees(Case.By("sns.amazonaws.com").InOrganization(null, Case.Account), "aws:PrincipalOrgID", Absent);
    }

    [Fact]
    public void Key_TagKeys_AreTheKeysOfRequestTag()
    {
        Case tagging = Case.If("""{"ForAllValues:StringEquals":{"aws:TagKeys":["Team","cost"]},"Null":{"aws:TagKeys":"false"}}""");
        Assert.False(tagging.Allowed());
        Assert.True(tagging.Key("aws:RequestTag/Team", "a").Allowed());
        Assert.True(tagging.Key("AWS:RequestTag/Team", "a").Key("aws:RequestTag/cost", "b").Allowed());
        Assert.False(tagging.Key("aws:RequestTag/Team", "a").Key("aws:RequestTag/owner", "b").Allowed());
        Assert.False(tagging.Key("aws:RequestTag/team", "a").Allowed());
    }

    [Fact]
    public void Key_CurrentTimeAndEpochTime_AreOneMoment()
    {
        Assert.True(Case.If("""{"NumericEquals":{"aws:EpochTime":"1709208000"}}""").Key("aws:CurrentTime", "2024-02-29T12:00:00Z").Allowed());
        Assert.True(Case.If("""{"StringEquals":{"aws:CurrentTime":"2024-02-29T12:00:00Z"}}""").Key("aws:EpochTime", "1709208000").Allowed());
        Assert.Empty(Case.With(Case.AllowAll).Key("aws:EpochTime", "1709208000").Key("aws:CurrentTime", "2024-02-29T13:00:00+01:00").Decide().Warnings);
        Assert.NotEmpty(Case.With(Case.AllowAll).Key("aws:EpochTime", "1709208001").Key("aws:CurrentTime", "2024-02-29T12:00:00Z").Decide().Warnings);
    }

    [Fact]
    public void Key_ListedKeyWins_WithAWarning()
    {
        Decision decision = Case.If("""{"StringEquals":{"aws:PrincipalAccount":"999988887777"}}""").Key("aws:PrincipalAccount", Case.OtherAccount).Decide();
        Assert.True(decision.IsAllowed);
        Assert.Equal("aws:PrincipalAccount is listed as 999988887777, but 111122223333 follows from the case; the listed value is used", Assert.Single(decision.Warnings));
        Decision absent = Case.If("""{"Null":{"aws:username":"true"}}""").Key("aws:username").Decide();
        Assert.True(absent.IsAllowed);
        Assert.Single(absent.Warnings);
    }

    [Fact]
    public void Key_ListedKeyThatAgrees_IsNoContradiction() =>
        Assert.Empty(Case.With(Case.AllowAll).Key("aws:PrincipalArn", Case.User).Key("aws:RequestTag/a", "1").Key("aws:TagKeys", "b", "a").Key("aws:PrincipalIsAWSService", "False").Decide().Warnings);

    [Theory]
    [InlineData("aws:SecureTransport")]
    [InlineData("aws:CurrentTime")]
    [InlineData("aws:EpochTime")]
    [InlineData("aws:RequestedRegion")]
    [InlineData("aws:UserAgent")]
    [InlineData("aws:ViaAWSService")]
    [InlineData("aws:SourceIp")]
    [InlineData("aws:userid")]
    public void Key_AlwaysSentButNotListed_IsAbsentAndReportedMissing(string key)
    {
        Decision decision = Case.If($$$"""{"StringEquals":{"{{{key.ToUpperInvariant()}}}":"x"}}""").Decide();
        Assert.False(decision.IsAllowed);
        Assert.Equal(key, Assert.Single(decision.Missing));
        Assert.Empty(Case.With(Case.AllowAll).Decide().Missing);
    }

    [Fact]
    public void Key_SourceIp_IsNotSentThroughAnEndpoint()
    {
        Case asked = Case.If("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""");
        Assert.Equal(["aws:SourceIp"], asked.Decide().Missing);
        Assert.Empty(asked.Key("aws:SourceVpce", "vpce-1").Decide().Missing);
        Assert.Empty(asked.Endpoint("""{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""").Decide().Missing);
    }

    [Fact]
    public void Key_MfaAndTokenTime_OnlyWithTemporaryCredentials()
    {
        string condition = Case.Statement("""{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"},"DateGreaterThanIfExists":{"aws:TokenIssueTime":"2024"}}""");
        Assert.Empty(Case.With(condition).Decide().Missing);
        Assert.Equal(["aws:TokenIssueTime", "aws:MultiFactorAuthPresent"], Case.By(Case.Session).Identity(condition).Decide().Missing);
    }

    [Fact]
    public void Key_OptionalKeyThatIsNotListed_IsSimplyAbsent() =>
        Assert.Empty(Case.If("""{"StringEquals":{"aws:SourceVpc":"vpc-1","aws:SourceArn":"x","s3:prefix":"y"}}""").Decide().Missing);

    [Fact]
    public void Bug_SetOperatorIsNotDropped() =>
        Assert.False(Case.If("""{"ForAllValues:StringEquals":{"k:v":"a"}}""").Key("k:v", "a", "b").Allowed());

    [Fact]
    public void Bug_IgnoreCaseLooksAtTheValueAsItIs() =>
        Assert.True(Case.If("""{"StringEqualsIgnoreCase":{"aws:PrincipalTag/Team":"RED"}}""").Key("aws:principaltag/TEAM", "red").Allowed());

    [Fact]
    public void Bug_NegatedOperatorDoesNotDemandPresence() =>
        Assert.True(Case.If("""{"StringNotLike":{"aws:SourceVpc":"vpc-*"},"ArnNotLike":{"aws:SourceArn":"arn:aws:*:*:*:*"},"NotIpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}}""").Allowed());

    [Fact]
    public void Bug_PrincipalArnIsTiedToTheCaller() =>
        Assert.False(Case.If("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}""").Allowed());

    [Fact]
    public void Bug_DenyAndConditionsAreNotIgnored() =>
        Assert.Equal("denied by D at identityPolicies", Case.DeniedIf("""{"Bool":{"aws:SecureTransport":"false"}}""").Key("aws:SecureTransport", "false").Told());

    [Fact]
    public void Bug_BoundaryAndScpDoNotGrant() =>
        Assert.Equal([PolicyLayer.IdentityPolicies], Case.By(Case.User).Boundary(Case.AllowAll).Scp(Case.AllowAll).Decide().BlockedBy);

    [Fact]
    public void Bug_ManyStarsTakeNoTimeToSpeakOf()
    {
        string pattern = string.Concat(Enumerable.Repeat("a*", 200)) + "b", text = new('a', 2000);
        Case stars = Case.With($$"""{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::{{pattern}}"}""").On("arn:aws:s3:::" + text);
        Assert.False(stars.Allowed());
        Assert.False(stars.Allowed(Reading.InnerStarStopsAtColon));
        Assert.False(Case.If($$$"""{"StringLike":{"k:v":"{{{pattern}}}"}}""").Key("k:v", text).Allowed());
    }
}
