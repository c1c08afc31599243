namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>What is not given is not known: a policy that must allow, and of which nobody said that it does not exist.</summary>
public sealed class MissingResourcePolicyTests
{
    private static readonly string[] None = [];
    private static readonly string[] ResourcePolicy = ["resourcePolicy"];

    private static Case Without(Case one) => one with { Stack = one.Stack with { HasNoResourcePolicy = true } };

    [Theory]
    [InlineData("kms:Decrypt", Case.KmsKey)]
    [InlineData("kms:ScheduleKeyDeletion", Case.KmsKey)]
    [InlineData("sts:AssumeRole", Case.Role)]
    [InlineData("sts:TagSession", Case.Role)]
    [InlineData("sts:SetSourceIdentity", Case.Role)]
    [InlineData("vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/")]
    [InlineData("sqs:SendMessage", "arn:aws:sqs:eu-west-1:999988887777:q")]
    public void Missing_ResourcePolicy_WhereOneMustAllow(string action, string resource)
    {
        Case call = Case.With(Case.AllowAll).Does(action, resource);
        Assert.Equal("blocked at resourcePolicy though All allows", call.Told());
        Assert.Equal(ResourcePolicy, call.Decide().Missing);
        Assert.Equal(None, Without(call).Decide().Missing);
        Assert.Equal(None, call.Resource("""{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"*","Resource":"*"}""").Decide().Missing);
    }

    [Fact]
    public void Missing_ResourcePolicy_OfAnotherAccountByTheCase() =>
        Assert.Equal(ResourcePolicy, Case.With(Case.AllowAll).OwnedBy(Case.OtherAccount).Decide().Missing);

    [Theory]
    [InlineData(Case.Anonymous)]
    [InlineData("sns.amazonaws.com")]
    public void Missing_ResourcePolicy_OfCallersWithoutPoliciesOfTheirOwn(string principal)
    {
        Assert.Equal(ResourcePolicy, Case.By(principal).Decide().Missing);
        Assert.Equal(None, Without(Case.By(principal)).Decide().Missing);
    }

    [Fact]
    public void Missing_ResourcePolicy_WhereItCouldNameTheCallerDirectly()
    {
        Assert.Equal(ResourcePolicy, Case.By(Case.User).Does("kms:Decrypt", Case.KmsKey).Decide().Missing);
        Assert.Equal(ResourcePolicy, Case.By(Case.Root).Does("kms:Decrypt", Case.KmsKey).Decide().Missing);
        Assert.Equal(None, Case.By(Case.Outsider).Does("kms:Decrypt", Case.KmsKey).Decide().Missing);
        Assert.Equal(None, Case.By(Case.User).Does("vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1/").Decide().Missing);
    }

    [Fact]
    public void Missing_ResourcePolicy_NotWhereItDoesNotDecide()
    {
        Assert.Equal(None, Case.With(Case.AllowAll).Decide().Missing);
        Assert.Equal(None, Case.By(Case.User).Decide().Missing);
        Assert.Equal(None, Case.With(Case.AllowAll).Does("iam:GetRole", Case.Role).Decide().Missing);
        Case decrypt = Case.By(Case.User).Does("kms:Decrypt", Case.KmsKey);
        Assert.Equal(None, decrypt.Identity(Case.AllowAll, """{"Effect":"Deny","Action":"kms:*","Resource":"*"}""").Decide().Missing);
        Assert.Equal(None, decrypt.Identity(Case.AllowAll).Scp("").Decide().Missing);
        Assert.Equal(None, decrypt.On("arn:aws-cn:kms:cn-north-1:111122223333:key/0a1b").Decide().Missing);
        Assert.Equal(None, Case.By(Case.Root).Does("sts:AssumeRole", Case.Role).Decide().Missing);
    }
}
