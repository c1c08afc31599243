using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Line 21: whom the control policies of an organization bind, where it says which accounts are its own.</summary>
public sealed class OrganizationReachTests
{
    private const string DenyAll = """{"Sid":"D","Effect":"Deny","Action":"*","Resource":"*"}""";
    private const string DenyEverybody = """{"Sid":"R","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""";
    private const string Open = """{"Sid":"Open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""";
    private const string ThirdAccount = "444455556666";

    [Theory]
    [InlineData(Case.User)]
    [InlineData(Case.Session)]
    [InlineData(Case.Federated)]
    [InlineData(Case.Root)]
    public void Line21_ScpsBindCallersOfMemberAccountsOnly(string principal)
    {
        Case caller = Case.By(principal).Identity(Case.AllowAll).SessionPolicy(Case.AllowAll).Resource(Open).Scp($"{Case.AllowAll},{DenyAll}");
        Assert.Equal("denied by D at serviceControlPolicies", caller.InOrganization(ThirdAccount, Case.Account).Told());
        Assert.True(caller.InOrganization(ThirdAccount, Case.OtherAccount).Allowed());
        Assert.True(caller.InOrganization(null, Case.OtherAccount).Allowed());
    }

    [Fact]
    public void Line21_OutsiderMeetsTheRcpsOfTheResource_NotTheScps()
    {
        Case outsider = Case.By(Case.Outsider).Identity(Case.AllowAll).OwnedBy(Case.Account).Resource(Open).InOrganization(ThirdAccount, Case.Account);
        Assert.Equal("allowed by All, Open", outsider.Scp(DenyAll).Told());
        Assert.Equal("denied by R at resourceControlPolicies", outsider.Scp(DenyAll).Rcp(DenyEverybody).Told());
    }

    [Fact]
    public void Line21_RcpsBindResourcesOfMemberAccountsOnly()
    {
        Case member = Case.With(Case.AllowAll).Resource(Open).Rcp(DenyEverybody).InOrganization(ThirdAccount, Case.Account);
        Assert.Equal("denied by R at resourceControlPolicies", member.Told());
        Assert.Equal("allowed by All, Open", member.OwnedBy(Case.OtherAccount).Told());
        Assert.Equal("allowed by All, Open", member.OwnedBy(ThirdAccount).Told());
        Assert.Equal("allowed by Open", Case.By(Case.Anonymous).OwnedBy(Case.OtherAccount).Resource(Open).Rcp(DenyEverybody)
            .InOrganization(ThirdAccount, Case.Account).Told());
    }

    [Fact]
    public void Line21_ManagementAccountIsNeverBound_ThoughItIsListed()
    {
        Case management = Case.With(Case.AllowAll).Scp(DenyAll).Rcp(DenyEverybody).InOrganization(Case.Account, Case.Account, Case.OtherAccount);
        Assert.Equal("allowed by All", management.Told());
    }

    [Fact]
    public void Line21_WithoutListOfAccounts_EveryAccountIsBound()
    {
        Case caller = Case.With(Case.AllowAll);
        Assert.False(caller.Scp(DenyAll).InOrganization(ThirdAccount).Allowed());
        Assert.False(caller.Scp(DenyAll).Allowed());
        Assert.False(caller.Rcp(DenyEverybody).InOrganization(ThirdAccount).Allowed());
    }

    [Fact]
    public void Line21_ResourceOfUnknownOwner_IsTakenAsBound_Warns()
    {
        Decision decision = Case.By(Case.Anonymous).Resource(Open).Rcp(DenyEverybody).InOrganization(null, Case.Account).Decide();
        Assert.Equal([PolicyLayer.ResourceControlPolicies], decision.BlockedBy.Except([PolicyLayer.ResourcePolicy]));
        Assert.Contains(decision.Warnings, warning => warning.Contains("resourceAccount", StringComparison.Ordinal));
    }
}
