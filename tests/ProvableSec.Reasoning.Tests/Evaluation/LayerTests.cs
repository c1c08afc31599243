using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using static ProvableSec.Reasoning.Tests.Evaluation.Statements;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 11 and 17: which layers decide, for which caller.</summary>
public sealed class LayerTests
{
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
