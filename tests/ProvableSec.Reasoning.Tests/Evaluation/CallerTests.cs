using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 11 to 20: which layers decide, for which caller.</summary>
public sealed class CallerTests
{
    private const string Deny = """{"Sid":"D","Effect":"Deny","Action":"s3:*","Resource":"*"}""";
    private const string Queues = """{"Sid":"Queues","Effect":"Allow","Action":"sqs:*","Resource":"*"}""";

    private static string Grant(string principal, string more = "") =>
        $$"""{"Sid":"Grant","Effect":"Allow","Principal":{{principal}},"Action":"*","Resource":"*"{{more}}}""";

    private static string Aws(string arn) => $$"""{"AWS":"{{arn}}"}""";

    [Fact]
    public void Line11_ExplicitDenyInAnyLayerWins()
    {
        const string denyAll = """{"Sid":"D","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""";
        Case allowed = Case.By(Case.Session).Identity(Case.AllowAll);
        Assert.Equal("allowed by All", allowed.Told());
        Assert.Equal("denied by D at identityPolicies", allowed.Identity(Case.AllowAll, Deny).Told());
        Assert.Equal("denied by D at permissionsBoundary", allowed.Boundary(Case.AllowAll, Deny).Told());
        Assert.Equal("denied by D at sessionPolicies", allowed.SessionPolicy(Case.AllowAll, Deny).Told());
        Assert.Equal("denied by D at resourcePolicy", allowed.Resource(denyAll).Told());
        Assert.Equal("denied by D at vpcEndpointPolicies", allowed.Endpoint(Grant("\"*\""), denyAll).Told());
        Assert.Equal("denied by D at serviceControlPolicies", allowed.Scp($"{Case.AllowAll},{Deny}").Told());
        Assert.Equal("denied by D at resourceControlPolicies", allowed.Rcp(denyAll).Told());
    }

    [Fact]
    public void Line11_ExplicitDeny_NamesEveryLayerThatDidNotAllow() =>
        Assert.Equal("denied by D at identityPolicies, permissionsBoundary", Case.By(Case.User).Identity(Case.AllowAll, Deny).Boundary(Queues).Told());

    [Fact]
    public void Line11_OneAccount_IdentityOrResourcePolicyAllows()
    {
        Assert.Equal("allowed by All", Case.With(Case.AllowAll).Resource(Grant(Aws("arn:aws:iam::111122223333:user/else"))).Told());
        Assert.Equal("allowed by Grant", Case.By(Case.User).Resource(Grant(Aws(Case.User))).Told());
        Assert.Equal("allowed by All, Grant", Case.With(Case.AllowAll).Resource(Grant(Aws(Case.User))).Told());
        Assert.Equal("blocked at identityPolicies", Case.By(Case.User).Told());
        Assert.Equal("blocked at identityPolicies, resourcePolicy", Case.By(Case.User).Resource(Grant(Aws("arn:aws:iam::111122223333:user/else"))).Told());
    }

    [Fact]
    public void Line11_OneAccount_BoundarySessionAndScpLimit()
    {
        Case allowed = Case.By(Case.Session).Identity(Case.AllowAll);
        Assert.Equal("blocked at permissionsBoundary though All allows", allowed.Boundary(Queues).Told());
        Assert.Equal("blocked at sessionPolicies though All allows", allowed.SessionPolicy(Queues).Told());
        Assert.Equal("blocked at serviceControlPolicies though All allows", allowed.Scp(Queues).Told());
        Assert.Equal("blocked at permissionsBoundary, sessionPolicies though All allows", allowed.Boundary(Queues).SessionPolicy(Queues).Told());
    }

    [Fact]
    public void Line11_Root_AllowedByDefault_BoundByScpRcpAndResourceDenies()
    {
        Case root = Case.By(Case.Root);
        Assert.Equal("allowed", root.Told());
        Assert.Equal("allowed", root.Boundary(Deny).Told());
        Assert.Equal("blocked at serviceControlPolicies", root.Scp(Queues).Told());
        Assert.Equal("denied by D at resourceControlPolicies", root.Rcp("""{"Sid":"D","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}""")
            .Told());
        Assert.Equal("denied by D at resourcePolicy",
            root.Resource("""{"Sid":"D","Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}""").Told());
        Assert.Equal("allowed", Case.By(Case.Account).Told());
    }

    [Fact]
    public void Line11_Root_ASessionPolicyLimits() =>
        Assert.Equal("blocked at sessionPolicies", Case.By(Case.Root).SessionPolicy(Queues).Told());

    [Fact]
    public void Line11_EndpointPolicy_EachMustAllow()
    {
        Case through = Case.With(Case.AllowAll);
        Assert.Equal("allowed by All", through.Endpoint(Grant("\"*\"")).Told());
        Assert.Equal("blocked at vpcEndpointPolicies though All allows", through.Endpoint(Grant(Aws("arn:aws:iam::111122223333:user/else"))).Told());
        Assert.Equal("blocked at vpcEndpointPolicies though Grant allows",
            Case.By(Case.Anonymous).Resource(Grant("\"*\"")).Endpoint(Grant(Aws(Case.User))).Told());
    }

    [Fact]
    public void Line11_GatewayEndpoint_AccountAsPrincipalMeansItsRoot()
    {
        string account = Grant(Aws(Case.Account));
        Decision user = Case.With(Case.AllowAll).Endpoint(account).Decide();
        Assert.Equal([PolicyLayer.VpcEndpointPolicies], user.BlockedBy);
        Assert.Contains(user.Warnings, warning => warning.Contains("gateway endpoint", StringComparison.Ordinal));
        Assert.True(Case.By(Case.Root).Endpoint(account).Allowed());
        Assert.True(Case.With(Case.AllowAll).Does("sqs:SendMessage", Case.Queue).Endpoint(account).Allowed());
    }

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

    [Fact]
    public void Line17_SessionPolicyIntersects_NoneIsTheRoleAlone_EmptyGrantsNothing()
    {
        Case session = Case.By(Case.Session).Identity("""{"Sid":"S3","Effect":"Allow","Action":"s3:*","Resource":"*"}""");
        Assert.Equal("allowed by S3", session.Told());
        Assert.Equal("allowed by S3", session.SessionPolicy("""{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}""").Told());
        Assert.Equal("blocked at sessionPolicies though S3 allows", session.EmptySession().Told());
        Assert.Equal("blocked at identityPolicies though All allows", session.Identity(Queues).SessionPolicy(Case.AllowAll).Told());
    }

    [Fact]
    public void Line17_BoundaryGrantsNothing() => Assert.Equal("blocked at identityPolicies though All allows",
        Case.By(Case.User).Boundary(Case.AllowAll).Told());

    [Fact]
    public void Line17_GetSessionTokenIsTheUser() =>
        Assert.Equal("allowed by C", Case.If("""{"Bool":{"aws:MultiFactorAuthPresent":"true"},"StringEquals":{"aws:username":"alice"}}""")
            .Key("aws:MultiFactorAuthPresent", "true").Told());

    [Fact]
    public void Reading_FederationWithoutPolicyKeepsUser_DirectGrantsOrTheUsersPermissions()
    {
        Case federated = Case.By(Case.Federated).Identity(Case.AllowAll);
        federated.Differs(Reading.FederationWithoutPolicyKeepsUser, byDefault: false);
        Assert.Equal("blocked at sessionPolicies though All allows", federated.Told());
        Assert.Equal("allowed by All", federated.SessionPolicy(Case.AllowAll).Told());
        Assert.Equal("allowed by Grant", Case.By(Case.Federated).Resource(Grant(Aws(Case.Federated))).Told());
    }

    [Fact]
    public void Line18_AnonymousAndServices_HaveNoIdentitySide()
    {
        Decision anonymous = Case.By(Case.Anonymous).Identity(Case.AllowAll).Decide();
        Assert.Equal([PolicyLayer.ResourcePolicy], anonymous.BlockedBy);
        Assert.Contains(anonymous.Warnings, warning => warning.Contains("identityPolicies are ignored", StringComparison.Ordinal));
        Assert.Equal("allowed by Grant", Case.By(Case.Anonymous).Resource(Grant("\"*\"")).Told());
        Assert.Equal("allowed by Grant", Case.By("sns.amazonaws.com").Resource(Grant("""{"Service":["sqs.amazonaws.com","sns.amazonaws.com"]}""")).Told());
        Assert.Equal("blocked at resourcePolicy", Case.By("sns.amazonaws.com").Resource(Grant("""{"Service":"sqs.amazonaws.com"}""")).Told());
        Assert.Equal("blocked at resourcePolicy", Case.By(Case.Anonymous).Resource(Grant(Aws(Case.Account))).Told());
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com", "sts:AssumeRoleWithWebIdentity")]
    [InlineData("arn:aws:iam::111122223333:saml-provider/corp", "sts:AssumeRoleWithSAML")]
    [InlineData("accounts.google.com", "sts:AssumeRoleWithWebIdentity")]
    public void Line18_WebAndSamlIdentities_AreDecidedByTheTrustPolicy(string provider, string action)
    {
        Case assume = Case.By(provider, PrincipalKind.Federated).Does(action, "arn:aws:iam::111122223333:role/reader");
        Assert.Equal("allowed by T", assume.Resource($$$"""{"Sid":"T","Effect":"Allow","Principal":{"Federated":"{{{provider}}}"},"Action":"sts:AssumeRoleWith*"}""").Told());
        Assert.Equal("blocked at resourcePolicy", assume.Resource("""{"Sid":"T","Effect":"Allow","Principal":{"Federated":"graph.facebook.com"},"Action":"sts:AssumeRoleWith*"}""").Told());
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

    [Theory]
    [InlineData("CanonicalUser", "79a59df900b949e5")]
    [InlineData("AWS", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE")]
    [InlineData("AWS", "AIDAEXAMPLEOFADELETEDUSER")]
    [InlineData("AWS", "AROAEXAMPLEOFADELETEDROLE")]
    [InlineData("AWS", "arn:aws:iam::111122223333:group/team")]
    [InlineData("AWS", "arn:aws:sts::111122223333:self")]
    [InlineData("AWS", "1111-2222-3333")]
    public void Line20_PrincipalThatCannotBeCompared_NamesNobody_Warns(string kind, string value)
    {
        foreach (string caller in (string[])[Case.User, Case.Session, Case.Root, Case.Anonymous, "cloudfront.amazonaws.com"])
        {
            Decision decision = Case.By(caller).Does("kms:Decrypt", Case.KmsKey)
                .Resource($$$"""{"Effect":"Allow","Principal":{"{{{kind}}}":"{{{value}}}"},"Action":"*","Resource":"*"}""").Decide();
            Assert.False(decision.IsAllowed);
            Assert.Contains(value, Assert.Single(decision.Warnings), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Case.OtherAccount)]
    [InlineData("arn:aws:iam::999988887777:root")]
    [InlineData(Case.Outsider)]
    [InlineData("arn:aws-cn:iam::999988887777:role/team/app")]
    [InlineData("arn:aws:sts::999988887777:assumed-role/app/s")]
    [InlineData("arn:aws:sts::999988887777:federated-user/f")]
    public void Line20_PrincipalOfAKnownForm_IsSomebodyElse(string value) =>
        Assert.Empty(Case.By(Case.User).Resource(Grant(Aws(value))).Decide().Warnings);

    [Fact]
    public void Line20_DenyNotPrincipal_OfWhoCannotBeCompared_DeniesEverybody() =>
        Assert.Equal(
            "denied by D at resourcePolicy",
            Case.With(Case.AllowAll).Resource("""{"Sid":"D","Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"},"Action":"*","Resource":"*"}""").Told());

    [Theory]
    [InlineData("accounts.google.com")]
    [InlineData("arn:aws:iam::111122223333:saml-provider/corp")]
    public void Line22_ProviderOutsideATrustPolicy_NamesNobody_Warns(string provider)
    {
        Decision decision = Case.By(Case.User).Resource($$$"""{"Effect":"Allow","Principal":{"Federated":"{{{provider}}}"},"Action":"*","Resource":"*"}""")
            .Decide();
        Assert.False(decision.IsAllowed);
        Assert.Contains(provider, Assert.Single(decision.Warnings), StringComparison.Ordinal);
        Assert.Empty(Case.With(Case.AllowAll).Does("iam:GetRole", Case.Role)
            .Resource($$$"""{"Effect":"Allow","Principal":{"Federated":"{{{provider}}}"},"Action":"sts:*"}""").Decide().Warnings);
    }

    [Theory]
    [InlineData(Case.Account)]
    [InlineData(Case.Root)]
    public void Line24_DigitsAndRootArn_AreOnePrincipal(string account)
    {
        foreach (string caller in (string[])[Case.User, Case.Session, Case.Federated])
        {
            Assert.True(Case.By(caller).Identity(Case.AllowAll).SessionPolicy(Case.AllowAll).Does("kms:Decrypt", Case.KmsKey).Resource(Grant(Aws(account)))
                .Allowed());
            Assert.False(Case.By(caller).SessionPolicy(Case.AllowAll).Resource(Grant(Aws(account))).Allowed());
        }

        Assert.True(Case.By(Case.Root).Does("kms:Decrypt", Case.KmsKey).Resource(Grant(Aws(account))).Allowed());
        Assert.True(Case.By(Case.User).Identity(Case.AllowAll).Resource($$$"""{"Effect":"Deny","NotPrincipal":{"AWS":["{{{account}}}","{{{Case.User}}}"]},"Action":"*","Resource":"*"}""").Allowed());
        Assert.False(Case.By(Case.User).Identity(Case.AllowAll).Endpoint(Grant(Aws(account))).Allowed());
        Assert.True(Case.By(Case.Root).Endpoint(Grant(Aws(account))).Allowed());
    }

    [Fact]
    public void Line24_DigitsNameTheAccountOfTheCallersPartition()
    {
        Case china = Case.By("arn:aws-cn:iam::111122223333:user/a").Identity(Case.AllowAll)
            .Does("kms:Decrypt", "arn:aws-cn:kms:cn-north-1:111122223333:key/0a1b");
        Assert.True(china.Resource(Grant(Aws(Case.Account))).Allowed());
        Assert.True(china.Resource(Grant(Aws("arn:aws-cn:iam::111122223333:root"))).Allowed());
        Assert.False(china.Resource(Grant(Aws(Case.Root))).Allowed());
    }

    [Fact]
    public void Line24_InPrincipalArn_TheRootArnIsRootOnly()
    {
        Case denied = Case.By(Case.User).Identity(Case.AllowAll).Resource(
            $$"""{"Sid":"D","Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"{{Case.Root}}"} } }""");
        Assert.True(denied.Allowed());
        Assert.False((denied with { Request = Case.By(Case.Root).Request }).Allowed());
    }

    /// <summary>A star beside <c>Service</c> is every service, and nobody else.</summary>
    [Fact]
    public void A_star_among_services_names_services_only()
    {
        const string Statement = """{"Effect":"Allow","Principal":{"Service":"*"},"Action":"*","Resource":"*"}""";
        Assert.True(Case.By("sns.amazonaws.com", PrincipalKind.Service).Resource(Statement).Allowed());
        Assert.False(Case.By(Case.User).Resource(Statement).Allowed());
        Assert.False(Case.By(Case.Outsider).Resource(Statement).Allowed());
        Assert.False(Case.By(Case.Anonymous).Resource(Statement).Allowed());
    }

    [Fact]
    public void Misplaced_PrincipalInAnIdentityPolicy_IsComparedAndWarnedOf()
    {
        Decision other = Case.With("""{"Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"*","Resource":"*"}""").Decide();
        Assert.False(other.IsAllowed);
        Assert.Equal("identityPolicies[0] statement 0: AWS takes no Principal here; it is compared with the caller all the same", Assert.Single(other.Warnings));
    }

    [Fact]
    public void Misplaced_ResourcePolicyWithoutPrincipal_SpeaksOfNobody()
    {
        Decision nobody = Case.By(Case.User).Resource(Case.AllowAll).Endpoint(Case.AllowAll).Decide();
        Assert.Equal([PolicyLayer.IdentityPolicies, PolicyLayer.ResourcePolicy, PolicyLayer.VpcEndpointPolicies], nobody.BlockedBy);
        Assert.Equal(2, nobody.Warnings.Length);
    }

    [Fact]
    public void AllowsAlone_AllowMatchesAndNoDenyDoes()
    {
        bool Alone(params string[] statements) => Evaluator.AllowsAlone(Case.Policy(statements), PolicyStack.Empty, Case.By(Case.User).Request);
        Assert.True(Alone(Case.AllowAll));
        Assert.False(Alone(Case.AllowAll, Deny));
        Assert.False(Alone(Queues));
        Assert.False(Alone(Grant(Aws(Case.Outsider))));
        Assert.True(Alone(Grant(Aws(Case.Account))));
    }

    [Fact]
    public void AllowsAlone_OfTheStackOnlyTheOrganizationCounts()
    {
        Case member = Case.By(Case.User).InOrganization(null, Case.Account).Identity(Deny).Scp("");
        Assert.True(Evaluator.AllowsAlone(Case.Policy(Case.Statement("""{"StringEquals":{"aws:PrincipalOrgID":"o-a1"}}""")), member.Stack, member.Request));
    }
}
