namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>Line 22: no bucket policy locks its owner's root user out of itself.</summary>
public sealed class BucketOwnerTests
{
    private const string Bucket = "arn:aws:s3:::b";
    private const string Closed = """{"Sid":"Closed","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""";
    private const string Open = """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""";

    [Theory]
    [InlineData("s3:GetBucketPolicy")]
    [InlineData("s3:PutBucketPolicy")]
    [InlineData("S3:deletebucketpolicy")]
    public void Line22_BucketOwnersRoot_KeepsTheBucketPolicy(string action)
    {
        Case root = Case.By(Case.Root).OwnedBy(Case.Account).Resource(Closed).Does(action, Bucket);
        Assert.Equal("allowed", root.Told());
        Assert.False(root.Does("s3:GetBucketAcl", Bucket).Allowed());
        Assert.False(root.Does("s3:GetObject", Case.Object).Allowed());
        Assert.False(Case.By(Case.OtherAccount).OwnedBy(Case.Account).Resource(Closed, Open).Does(action, Bucket).Allowed());
        Assert.False(Case.With(Case.AllowAll).OwnedBy(Case.Account).Resource(Closed).Does(action, Bucket).Allowed());
    }

    [Fact]
    public void Line22_BucketOwnersRoot_IsStoppedByOrganizationAndEndpoint()
    {
        Case root = Case.By(Case.Root).OwnedBy(Case.Account).Resource(Closed).Does("s3:DeleteBucketPolicy", Bucket);
        Assert.Equal("denied by D at serviceControlPolicies", root.Scp($$"""{{Case.AllowAll}},{"Sid":"D","Effect":"Deny","Action":"s3:*","Resource":"*"}""")
            .Told());
        Assert.Equal("denied by Closed at resourceControlPolicies", root.Rcp(Closed).Told());
        Assert.Equal("denied by Closed at vpcEndpointPolicies", root.Endpoint(Open, Closed).Told());
        Assert.Equal("blocked at sessionPolicies", root.EmptySession().Told());
    }
}
