using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Lines 17 and 22: calls that a kind of caller cannot make, whatever policies allow.</summary>
public sealed class CallerLimitTests
{
    private const string TrustsAll = """{"Sid":"T","Effect":"Allow","Principal":"*","Action":"sts:*"}""";
    private const string Open = """{"Sid":"Open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""";
    private const string OidcProvider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    private const string SamlProvider = "arn:aws:iam::111122223333:saml-provider/corp";

    [Fact]
    public void Line22_RootCannotAssumeRoles()
    {
        Decision decision = Case.By(Case.Root).Does("sts:AssumeRole", Case.Role).Resource(TrustsAll).Decide();
        Assert.Equal(DecisionReason.ImplicitDeny, decision.Reason);
        Assert.Empty(decision.BlockedBy);
        Assert.Equal("the root user cannot call sts:AssumeRole; a user or role can", Assert.Single(decision.Warnings));
        Assert.False(Case.By(Case.OtherAccount).Does("STS:assumerole", Case.Role).Resource(TrustsAll).Allowed());
        Assert.True(Case.By(Case.User).Does("sts:AssumeRole", Case.Role).Resource(TrustsAll).Allowed());
        Assert.True(Case.By(Case.Root).Does("sts:GetCallerIdentity").Allowed());
    }

    [Theory]
    [InlineData("iam:GetUser", false)]
    [InlineData("iam:CreateUser", false)]
    [InlineData("sts:AssumeRole", false)]
    [InlineData("sts:GetSessionToken", false)]
    [InlineData("sts:GetFederationToken", false)]
    [InlineData("sts:GetCallerIdentity", true)]
    [InlineData("s3:GetObject", true)]
    public void Line17_FederatedUserCallsNoIam_OfStsOnlyGetCallerIdentity(string action, bool allowed)
    {
        Case call = Case.By(Case.Federated).Identity(Case.AllowAll).SessionPolicy(Case.AllowAll).Does(action);
        Assert.Equal(allowed, call.Allowed());
        Assert.Equal(allowed, call.Decide().Warnings.IsEmpty);
    }

    [Theory]
    [InlineData(OidcProvider, "sts:AssumeRoleWithWebIdentity", true)]
    [InlineData(OidcProvider, "sts:TagSession", true)]
    [InlineData(OidcProvider, "sts:SetSourceIdentity", true)]
    [InlineData(OidcProvider, "sts:AssumeRoleWithSAML", false)]
    [InlineData(OidcProvider, "sts:AssumeRole", false)]
    [InlineData("cognito-identity.amazonaws.com", "sts:AssumeRoleWithWebIdentity", true)]
    [InlineData("cognito-identity.amazonaws.com", "sts:AssumeRole", false)]
    [InlineData("accounts.google.com", "sts:AssumeRoleWithSAML", false)]
    [InlineData(SamlProvider, "sts:assumerolewithsaml", true)]
    [InlineData(SamlProvider, "sts:TagSession", true)]
    [InlineData(SamlProvider, "sts:SetSourceIdentity", true)]
    [InlineData(SamlProvider, "sts:AssumeRole", false)]
    [InlineData(SamlProvider, "sts:AssumeRoleWithWebIdentity", false)]
    [InlineData(SamlProvider, "sts:GetCallerIdentity", false)]
    public void Line22_WebAndSamlIdentities_OnlyAssumeRoles(string provider, string action, bool allowed)
    {
        Decision decision = Case.By(provider, PrincipalKind.Federated).Does(action, Case.Role)
            .Resource($$$"""{"Sid":"T","Effect":"Allow","Principal":{"Federated":"{{{provider}}}"},"Action":"sts:*"}""").Decide();
        Assert.Equal(allowed, decision.IsAllowed);
        Assert.Equal(allowed, decision.Warnings.IsEmpty);
    }

    [Theory]
    [InlineData(OidcProvider)]
    [InlineData(SamlProvider)]
    [InlineData("www.amazon.com")]
    public void Line22_WebAndSamlIdentities_ReachNothingElse_ThoughItIsOpen(string provider)
    {
        Decision decision = Case.By(provider, PrincipalKind.Federated).Resource(Open).Decide();
        Assert.Equal(DecisionReason.ImplicitDeny, decision.Reason);
        Assert.Contains("can call only", Assert.Single(decision.Warnings), StringComparison.Ordinal);
    }
}
