using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Keys that follow from the caller, the resource and the organization, and keys that a case lacks.</summary>
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
        Sees(Case.By(Case.Outsider).On(Case.Queue), "aws:ResourceAccount", Case.Account);
        Sees(Case.By(Case.Anonymous), "aws:ResourceAccount", Absent);
        Sees(Case.By(Case.User).Does("ec2:AcceptVpcPeeringConnection"), "aws:ResourceAccount", Absent);
        Sees(Case.By(Case.User).Does("ebs:ListSnapshotBlocks"), "aws:ResourceAccount", Absent);
    }

    [Fact]
    public void Key_OrganizationKeys_OnlyInsideAnOrganization()
    {
        Case member = Case.By(Case.User).InOrganization(Case.OtherAccount, Case.Account);
        Sees(member, "aws:PrincipalOrgID", "o-a1");
        Sees(member, "aws:PrincipalOrgPaths", "o-a1/r-1/ou-1-x/");
        Sees(member, "aws:ResourceOrgID", "o-a1");
        Sees(member, "aws:ResourceOrgPaths", "o-a1/r-1/ou-1-x/");
        Sees(Case.By(Case.Outsider).InOrganization(Case.OtherAccount), "aws:PrincipalOrgID", "o-a1");
        Sees(Case.By(Case.Outsider).InOrganization(null, Case.Account), "aws:PrincipalOrgID", Absent);
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
    public void Key_CurrentTimeFollowsFromEpochTime_NotFromAnotherMomentInTheRequest() =>
        Assert.True(Case.If("""{"StringEquals":{"aws:CurrentTime":"2024-02-29T12:00:00Z"}}""")
            .Key("aws:TokenIssueTime", "2024-02-29T11:00:00Z").Key("aws:PrincipalTag/since", "2020").Key("aws:EpochTime", "1709208000").Allowed());

    /// <summary>From 64 keys on they are found by an index: the first of a name counts, whatever its case, and one that is not there is absent.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(200)]
    public void Many_keys_are_found_as_few_are(int others)
    {
        Case with = Enumerable.Range(0, others).Aggregate(
            Case.If("""{"StringEquals":{"aws:PrincipalTag/team":"blue"}}"""), (made, i) => made.Key($"aws:PrincipalTag/t{i}", "x"));
        Assert.False(with.Allowed());
        Assert.True(with.Key("AWS:principaltag/TEAM", "blue").Allowed());
        Assert.False(with.Key("aws:PrincipalTag/team", "red").Allowed());
    }

    [Theory]
    [InlineData("-62135596801", "-62135596801")]
    [InlineData("-62135596800", "0001-01-01T00:00:00Z")]
    [InlineData("253402300799", "9999-12-31T23:59:59Z")]
    [InlineData("253402300800", "253402300800")]
    public void Key_CurrentTimeIsADay_WhereThereIsOne(string seconds, string day) =>
        Assert.True(Case.If($$$"""{"StringEquals":{"aws:CurrentTime":"{{{day}}}"}}""").Key("aws:EpochTime", seconds).Allowed());

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
        Assert.Empty(Case.With(Case.AllowAll).Key("aws:PrincipalArn", Case.User).Key("aws:RequestTag/a", "1").Key("aws:TagKeys", "b", "a")
            .Key("aws:PrincipalIsAWSService", "False").Decide().Warnings);

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
        Assert.Equal(["aws:TokenIssueTime"], Case.By(Case.Session).Identity(condition).Decide().Missing);
    }

    [Theory]
    [InlineData(Case.User)]
    [InlineData(Case.Session)]
    [InlineData(Case.Federated)]
    [InlineData(Case.Root)]
    public void Key_MfaPresent_IsNeverAssumed_ButFollowsFromItsAge(string principal)
    {
        Sees(Case.By(principal), "aws:MultiFactorAuthPresent", Absent);
        Sees(Case.By(principal).Key("aws:TokenIssueTime", "2026-01-01T00:00:00Z"), "aws:MultiFactorAuthPresent", Absent);
        Sees(Case.By(principal).Key("aws:MultiFactorAuthAge", "60"), "aws:MultiFactorAuthPresent", "true");
        Assert.Empty(Case.By(principal).Key("aws:MultiFactorAuthPresent", "True").Key("aws:MultiFactorAuthAge", "60").Decide().Warnings);
        Assert.Single(Case.By(principal).Key("aws:MultiFactorAuthPresent", "false").Key("aws:MultiFactorAuthAge", "60").Decide().Warnings);
    }

    [Fact]
    public void Key_CallerAccountOfKms_IsThePrincipalAccount()
    {
        Case decrypt = Case.By(Case.Outsider).Does("kms:Decrypt", Case.KmsKey);
        Sees(decrypt, "kms:CallerAccount", Case.OtherAccount);
        Sees(decrypt.Key("aws:PrincipalAccount", "444455556666"), "kms:CallerAccount", "444455556666");
        Sees(Case.By(Case.Session).Does("kms:Decrypt", Case.KmsKey), "kms:CallerAccount", Case.Account);
        Sees(Case.By("sns.amazonaws.com").Does("kms:Decrypt", Case.KmsKey), "kms:CallerAccount", Absent);
        Sees(Case.By(Case.Anonymous).Does("kms:Decrypt", Case.KmsKey), "kms:CallerAccount", Absent);
        Sees(Case.By(Case.Outsider), "kms:CallerAccount", Absent);
        Assert.Contains("kms:CallerAccount", Assert.Single(decrypt.Key("kms:CallerAccount", Case.Account).Decide().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_ResourceAccountOfS3_IsTheResourceAccount()
    {
        Sees(Case.By(Case.User).OwnedBy(Case.OtherAccount), "s3:ResourceAccount", Case.OtherAccount);
        Sees(Case.By(Case.User), "s3:ResourceAccount", Case.Account);
        Sees(Case.By(Case.Anonymous), "s3:ResourceAccount", Absent);
        Sees(Case.By(Case.Anonymous).Key("s3:ResourceAccount", Case.Account), "aws:ResourceAccount", Case.Account);
        Sees(Case.By(Case.Anonymous).Key("aws:ResourceAccount", Case.Account), "s3:ResourceAccount", Case.Account);
        Sees(Case.By(Case.User).Does("sqs:SendMessage", Case.Queue), "s3:ResourceAccount", Absent);
        Assert.Single(Case.By(Case.User).OwnedBy(Case.OtherAccount).Key("s3:ResourceAccount", Case.Account).Decide().Warnings);
    }

    [Fact]
    public void Key_TagOfTheResource_HasTwoNamesOnAServicesOwnActions()
    {
        Case start = Case.By(Case.User).Does("ec2:StartInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1");
        Sees(start.Key("aws:ResourceTag/Team", "red"), "ec2:ResourceTag/Team", "red");
        Sees(start.Key("aws:ResourceTag/Team", "red"), "EC2:resourcetag/team", "red");
        Sees(start.Key("ec2:ResourceTag/Team", "red"), "aws:ResourceTag/Team", "red");
        Sees(start.Key("aws:ResourceTag/Team", "red"), "ec2:ResourceTag/Other", Absent);
        Sees(start.Key("aws:ResourceTag/Team", "red"), "rds:ResourceTag/Team", Absent);
        Sees(start.Key("rds:ResourceTag/Team", "red"), "aws:ResourceTag/Team", Absent);
        Sees(start.Key("aws:RequestTag/Team", "red"), "ec2:RequestTag/Team", Absent);
        Assert.Empty(start.Key("aws:ResourceTag/Team", "red").Key("ec2:ResourceTag/Team", "red").Decide().Warnings);
        Assert.Equal(
            "ec2:ResourceTag/Team is listed as blue, but red follows from the case; the listed value is used",
            Assert.Single(start.Key("aws:ResourceTag/Team", "red").Key("ec2:ResourceTag/Team", "blue").Decide().Warnings));
    }

    [Theory]
    [InlineData("aws:CalledVia")]
    [InlineData("aws:CalledViaFirst")]
    [InlineData("aws:CalledViaLast")]
    public void Key_ViaAwsService_IsTrueWhereAServiceCallsOnBehalf(string key)
    {
        Sees(Case.By(Case.User).Key(key, "athena.amazonaws.com"), "aws:ViaAWSService", "true");
        Sees(Case.By(Case.User).Key(key), "aws:ViaAWSService", Absent);
        Assert.Empty(Case.By(Case.User).Key(key, "athena.amazonaws.com").Key("aws:ViaAWSService", "True").Decide().Warnings);
        Assert.Single(Case.By(Case.User).Key(key, "athena.amazonaws.com").Key("aws:ViaAWSService", "false").Decide().Warnings);
    }

    [Fact]
    public void Key_OrganizationAndItsPaths_BelongTogether()
    {
        Sees(Case.By(Case.User).Key("aws:PrincipalOrgPaths", "o-b2/r-1/ou-1/"), "aws:PrincipalOrgID", "o-b2");
        Sees(Case.By(Case.User).Key("aws:ResourceOrgPaths", "o-b2/r-1/"), "aws:ResourceOrgID", "o-b2");
        Assert.Single(Case.By(Case.User).Key("aws:PrincipalOrgPaths", "o-b2/r-1/ou-1/").Key("aws:PrincipalOrgID", "o-c3").Decide().Warnings);
        Case asked = Case.If("""{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-b2/*"}}""").Key("aws:PrincipalOrgID", "o-b2");
        Assert.Equal(["aws:PrincipalOrgPaths"], asked.Decide().Missing);
    }

    [Theory]
    [InlineData("aws:PrincipalOrgID", "o-a1")]
    [InlineData("aws:PrincipalOrgPaths", "o-a1/r-1/")]
    [InlineData("aws:PrincipalArn", Case.User)]
    [InlineData("aws:PrincipalAccount", Case.Account)]
    [InlineData("aws:PrincipalType", "User")]
    [InlineData("aws:PrincipalIsAWSService", "true")]
    [InlineData("aws:PrincipalServiceName", "sns.amazonaws.com")]
    [InlineData("aws:userid", "AIDAEXAMPLE")]
    [InlineData("aws:username", "alice")]
    [InlineData("aws:MultiFactorAuthPresent", "true")]
    [InlineData("aws:TokenIssueTime", "2026-01-01T00:00:00Z")]
    public void Key_WebIdentities_CarryNoKeysOfAwsPrincipals(string key, string value)
    {
        Case google = Case.By("accounts.google.com").Does("sts:AssumeRoleWithWebIdentity", Case.Role);
        Sees(google, key, Absent);
        Assert.Equal($"{key} is listed as {value}, but a caller of kind federated does not carry it; the listed value is used", Assert.Single(google.Key(key, value).Decide().Warnings));
    }

    [Theory]
    [InlineData(Case.Session, "aws:username", "alice")]
    [InlineData(Case.Root, "aws:username", "root")]
    [InlineData(Case.User, "aws:PrincipalServiceName", "sns.amazonaws.com")]
    [InlineData(Case.Anonymous, "aws:PrincipalOrgID", "o-a1")]
    [InlineData("sns.amazonaws.com", "aws:PrincipalOrgID", "o-a1")]
    [InlineData(Case.Anonymous, "aws:PrincipalArn", Case.User)]
    [InlineData(Case.User, "aws:userid", "AROAEXAMPLE:s1")]
    [InlineData(Case.Session, "aws:userid", "AIDAEXAMPLE")]
    [InlineData(Case.Session, "aws:userid", "AROAEXAMPLE:other")]
    [InlineData(Case.Role, "aws:userid", "AROAEXAMPLE")]
    [InlineData(Case.Outsider, "aws:PrincipalOrgID", "o-a1")]
    public void Key_ThatTheCallerCannotCarry_Warns(string principal, string key, string value) =>
        Assert.Contains(Case.By(principal).InOrganization(null, Case.Account).Key(key, value).Decide().Warnings,
            warning => warning.StartsWith(key, StringComparison.Ordinal));

    [Theory]
    [InlineData(Case.User, "aws:userid", "AIDAEXAMPLE")]
    [InlineData(Case.Session, "aws:userid", "AROAEXAMPLE:s1")]
    [InlineData(Case.Role, "aws:userid", "AROAEXAMPLE:i-0123456789abcdef0")]
    [InlineData(Case.User, "aws:MultiFactorAuthPresent", "true")]
    [InlineData(Case.Outsider, "aws:PrincipalOrgID", "o-b2")]
    [InlineData("sns.amazonaws.com", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/aws-service-role/x/y")]
    public void Key_ThatTheCallerMayCarry_DoesNotWarn(string principal, string key, string value) =>
        Assert.Empty(Case.By(principal).InOrganization(null, Case.Account).Key(key, value).Decide().Warnings);

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
        Assert.Equal("denied by D at identityPolicies", Case.DeniedIf("""{"Bool":{"aws:SecureTransport":"false"}}""").Key("aws:SecureTransport", "false")
            .Told());

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
