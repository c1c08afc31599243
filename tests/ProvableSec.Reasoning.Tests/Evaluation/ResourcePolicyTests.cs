using ProvableSec.Policy;
using ProvableSec.Policy.Evaluation;
using static ProvableSec.Reasoning.Tests.Evaluation.Statements;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 12 to 14 and 19: what the policy of a resource grants by itself, what needs it, and across accounts.</summary>
public sealed class ResourcePolicyTests
{
    [Fact]
    public void Line12_GrantToUserArn_NotLimitedByIdentityOrBoundary() =>
        Assert.Equal("allowed by Grant", Case.By(Case.User).Boundary(Queues).Resource(Grant(Aws(Case.User))).Told());

    [Fact]
    public void Line12_GrantToUserArn_LimitedByASessionPolicy() =>
        Assert.Equal("blocked at sessionPolicies though Grant allows", Case.By(Case.User).SessionPolicy(Queues).Resource(Grant(Aws(Case.User))).Told());

    [Theory]
    [InlineData(Case.Session)]
    [InlineData(Case.Federated)]
    public void Line12_GrantToSessionArn_NotLimitedBySessionPolicyEither(string principal) =>
        Assert.Equal("allowed by Grant", Case.By(principal).Boundary(Queues).EmptySession().Resource(Grant(Aws(principal))).Told());

    [Theory]
    [InlineData(Case.Role)]
    [InlineData(Case.Session)]
    public void Line12_GrantToRoleArn_LimitedByBoundaryAndSessionPolicy(string principal)
    {
        Case session = Case.By(principal).Resource(Grant(Aws(Case.Role)));
        Assert.Equal("allowed by Grant", session.Told());
        Assert.Equal("blocked at permissionsBoundary though Grant allows", session.Boundary(Queues).Told());
        Assert.Equal("blocked at sessionPolicies though Grant allows", session.SessionPolicy(Queues).Told());
    }

    [Theory]
    [InlineData(Case.Account)]
    [InlineData(Case.Root)]
    public void Line12_GrantToAccount_DelegatesOnly(string account)
    {
        Assert.Equal("blocked at identityPolicies though Grant allows", Case.By(Case.User).Resource(Grant(Aws(account))).Told());
        Assert.Equal("allowed by All, Grant", Case.With(Case.AllowAll).Resource(Grant(Aws(account))).Told());
    }

    [Fact]
    public void Line12_GrantToEveryone_NeedsNoOtherPermission()
    {
        Assert.Equal("allowed by Grant", Case.By(Case.User).Resource(Grant("\"*\"")).Told());
        Assert.Equal("allowed by Grant", Case.By(Case.User).Resource(Grant(Aws("*"))).Told());
    }

    [Fact]
    public void Line12_GrantToEveryoneWithPrincipalArn_NotLimited()
    {
        Case limited = Case.By(Case.Session).Boundary(Queues).SessionPolicy(Queues)
            .Resource(Grant("\"*\"", $$$""","Condition":{"ArnEquals":{"aws:PrincipalArn":"{{{Case.Role}}}"}}"""));
        Assert.Equal("allowed by Grant", limited.Told());
        Assert.Equal("allowed by Grant", limited.Told(Reading.EveryoneGrantIsLimited));
        Assert.Equal(Reading.None, limited.Decide().ReadingsUsed);
    }

    [Fact]
    public void Reading_EveryoneGrantIsLimited_WithoutPrincipalArn()
    {
        Case.By(Case.User).Boundary(Queues).Resource(Grant("\"*\"")).Differs(Reading.EveryoneGrantIsLimited, byDefault: true);
        Case.By(Case.Session).SessionPolicy(Queues).Resource(Grant("\"*\"")).Differs(Reading.EveryoneGrantIsLimited, byDefault: true);
        Assert.Equal(Reading.None, Case.By(Case.User).Resource(Grant("\"*\"")).Decide().ReadingsUsed);
    }

    [Fact]
    public void Line12_RoleSessionIsKnownByItsRole_PathComesFromPrincipalArn()
    {
        string role = Grant(Aws("arn:aws:iam::111122223333:role/team/reader"));
        Assert.False(Case.By(Case.Session).Resource(role).Allowed());
        Decision known = Case.By(Case.Session).Key("aws:PrincipalArn", "arn:aws:iam::111122223333:role/team/reader").Resource(role).Decide();
        Assert.True(known.IsAllowed);
        Assert.Empty(known.Warnings);
    }

    [Fact]
    public void Line12_SessionOfUnknownName_IsNoCertainSession() =>
        Assert.False(Case.By(Case.Role).Resource(Grant(Aws(Case.Session))).Allowed());

    [Fact]
    public void Line13_RoleTrustMustAllow_InOneAccountToo()
    {
        Case assume = Case.With(Case.AllowAll).Does("sts:AssumeRole", "arn:aws:iam::111122223333:role/reader");
        Assert.Equal("blocked at resourcePolicy though All allows", assume.Told());
        Assert.Equal("blocked at resourcePolicy though All allows",
            assume.Resource("""{"Sid":"T","Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"sts:AssumeRole"}""").Told());
        const string trustsAccount = """{"Sid":"T","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}""";
        Assert.Equal("allowed by All, T", assume.Resource(trustsAccount).Told());
        Assert.Equal("blocked at identityPolicies though T allows", assume.Identity(Queues).Resource(trustsAccount).Told());
        Assert.Equal("allowed by T",
            assume.Identity(Queues).Resource($$"""{"Sid":"T","Effect":"Allow","Principal":{"AWS":"{{Case.User}}"},"Action":"sts:AssumeRole"}""").Told());
    }

    [Theory]
    [InlineData("sts:TagSession")]
    [InlineData("STS:setsourceidentity")]
    public void Line22_TrustPolicyMustAllowTagsAndSourceIdentityToo(string action)
    {
        Case call = Case.With(Case.AllowAll).Does(action, Case.Role);
        string Trust(string actions, string principal = Case.Account) =>
            $$"""{"Sid":"T","Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":{{actions}}}""";
        Assert.Equal("blocked at resourcePolicy though All allows", call.Resource(Trust("\"sts:AssumeRole\"")).Told());
        Assert.Equal("allowed by All, T", call.Resource(Trust($$"""["sts:AssumeRole","{{action}}"]""")).Told());
        Assert.Equal("allowed by T", Case.By(Case.User).Does(action, Case.Role).Resource(Trust("\"sts:*\"", Case.User)).Told());
        Assert.Equal("blocked at resourcePolicy", Case.By("accounts.google.com").Does(action, Case.Role).Resource(Trust("\"sts:*\"")).Told());
        Assert.Equal("allowed by All", call.Does("sts:TagSession", "arn:aws:sts::111122223333:federated-user/bob").Told());
    }

    [Fact]
    public void Line13_TrustPolicyIsNotAskedForOtherActionsOnTheRole() =>
        Assert.Equal("allowed by All", Case.With(Case.AllowAll).Does("iam:GetRole", "arn:aws:iam::111122223333:role/reader").Told());

    [Fact]
    public void Line13_KmsKeyPolicyMustAllow_EvenRoot()
    {
        Case decrypt = Case.With(Case.AllowAll).Does("kms:Decrypt", Case.KmsKey);
        Assert.Equal("blocked at resourcePolicy though All allows", decrypt.Told());
        Assert.Equal("allowed by All, Grant", decrypt.Resource(Grant(Aws(Case.Root))).Told());
        Case root = Case.By(Case.Root).Does("kms:Decrypt", Case.KmsKey);
        Assert.Equal("blocked at resourcePolicy", root.Resource(Grant(Aws(Case.User))).Told());
        Assert.Equal("allowed by Grant", root.Resource(Grant(Aws(Case.Root))).Told());
    }

    [Theory]
    [InlineData("sts:GetCallerIdentity")]
    [InlineData("STS:getsessiontoken")]
    public void Line13_CallsThatNeedNoPermission_EvenUnderADeny(string action)
    {
        const string deny = """{"Effect":"Deny","Action":"*","Resource":"*"}""";
        Assert.Equal("allowed", Case.By(Case.User).Does(action).Identity(deny).Scp(deny).Told());
    }

    [Fact]
    public void Line12_VpcLattice_BothSidesMustAllow_InOneAccountToo()
    {
        Case invoke = Case.By(Case.User).Does("vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/orders");
        Assert.Equal("blocked at identityPolicies though Grant allows", invoke.Resource(Grant(Aws(Case.User))).Told());
        Assert.Equal("blocked at identityPolicies though Grant allows", invoke.Resource(Grant("\"*\"")).Told());
        Assert.Equal("blocked at resourcePolicy though All allows", invoke.Identity(Case.AllowAll).Told());
        Assert.Equal("blocked at permissionsBoundary though All, Grant allows",
            invoke.Identity(Case.AllowAll).Boundary(Queues).Resource(Grant(Aws(Case.User))).Told());
        Assert.Equal("allowed by All, Grant", invoke.Identity(Case.AllowAll).Resource(Grant(Aws(Case.Account))).Told());
        Case root = Case.By(Case.Root).Does("vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/orders");
        Assert.Equal("blocked at resourcePolicy", root.Told());
        Assert.Equal("allowed by Grant", root.Resource(Grant(Aws(Case.Root))).Told());
        Assert.Equal("allowed by Grant", Case.By(Case.Anonymous).Does("vpc-lattice-svcs:Invoke",
            "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/orders").Resource(Grant("\"*\"")).Told());
    }

    [Fact]
    public void Line14_CrossAccount_BothSidesMustAllow()
    {
        Case eve = Case.By(Case.Outsider).Does("sqs:SendMessage", Case.Queue);
        Assert.Equal("blocked at resourcePolicy though All allows", eve.Identity(Case.AllowAll).Told());
        Assert.Equal("blocked at identityPolicies though Grant allows", eve.Resource(Grant(Aws(Case.Outsider))).Told());
        Assert.Equal("blocked at identityPolicies though Grant allows", eve.Resource(Grant("\"*\"")).Told());
        Assert.Equal("allowed by All, Grant", eve.Identity(Case.AllowAll).Resource(Grant(Aws(Case.Outsider))).Told());
        Assert.Equal("allowed by All, Grant", eve.Identity(Case.AllowAll).Resource(Grant(Aws(Case.OtherAccount))).Told());
        Assert.Equal("blocked at permissionsBoundary though All, Grant allows",
            eve.Identity(Case.AllowAll).Boundary("""{"Effect":"Allow","Action":"s3:*","Resource":"*"}""").Resource(Grant(Aws(Case.Outsider))).Told());
    }

    [Fact]
    public void Line14_AccountOfTheResource_CaseThenArnThenCaller()
    {
        Assert.True(Case.With(Case.AllowAll).Allowed());
        Assert.False(Case.With(Case.AllowAll).OwnedBy(Case.OtherAccount).Allowed());
        Assert.False(Case.By(Case.Outsider).Identity(Case.AllowAll).Does("sqs:SendMessage", Case.Queue).Allowed());
        Assert.True(Case.With(Case.AllowAll).Does("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess").Allowed());
    }

    [Fact]
    public void Line14_RootOfAnotherAccount_NeedsTheOwner()
    {
        Case root = Case.By(Case.OtherAccount).Does("sqs:SendMessage", Case.Queue);
        Assert.Equal("blocked at resourcePolicy", root.Told());
        Assert.Equal("allowed by Grant", root.Resource(Grant(Aws(Case.OtherAccount))).Told());
    }

    [Fact]
    public void Line14_NeverAcrossPartitions()
    {
        Decision china = Case.With(Case.AllowAll).On("arn:aws-cn:s3:::b/k").Resource(Grant("\"*\"")).Decide();
        Assert.Equal(DecisionReason.ImplicitDeny, china.Reason);
        Assert.Contains(china.Warnings, warning => warning.Contains("partition", StringComparison.Ordinal));
    }

    [Fact]
    public void Line19_EachAuthorizationOfACallIsDecidedByItself()
    {
        Case run = Case.With("""{"Sid":"Run","Effect":"Allow","Action":["lambda:CreateFunction","iam:PassRole"],"Resource":["arn:aws:lambda:*:*:function:*","arn:aws:iam::111122223333:role/app-*"]}""");
        Assert.True(run.Does("lambda:CreateFunction", "arn:aws:lambda:eu-west-1:111122223333:function:f").Allowed());
        Assert.True(run.Does("iam:PassRole", "arn:aws:iam::111122223333:role/app-1").Allowed());
        Assert.False(run.Does("iam:PassRole", "arn:aws:iam::111122223333:role/admin").Allowed());
    }

    [Fact]
    public void Line19_RolesArePassedInOneAccountOnly() =>
        Assert.Equal("blocked at resourcePolicy though All allows", Case.With(Case.AllowAll).Does("iam:PassRole", "arn:aws:iam::999988887777:role/app").Told());
}
