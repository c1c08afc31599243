using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using static ProvableSec.Reasoning.Tests.Evaluation.Statements;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 18, 20, 22 and 24: whom a Principal names.</summary>
public sealed class PrincipalElementTests
{
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
}
