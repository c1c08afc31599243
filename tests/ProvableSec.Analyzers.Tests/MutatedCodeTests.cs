using CsCheck;

namespace ProvableSec.Analyzers.Tests;

/// <summary>
/// Code with policies and credentials, damaged as a file is that somebody edits, or that is meant to end the compiler: no analyzer fails on it or takes more
/// memory than it
/// may. PROVABLESEC_SOAK=N tries N of each.
/// </summary>
public sealed class MutatedCodeTests
{
    private const long MostBytes = 500L << 20;

    private const string Json = """{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObjekt\",\"iam:PassRole\"],\"Resource\":\"arn:aws:s3:::b/${aws:username}/*\"}]}""";

    public static TheoryData<string> Codes() =>
    [
        $$"""
        using Amazon.Runtime; using Amazon.S3.Model;
        class C
        {
            const string Policy = "{{Json}}";
            static readonly string Name = "b", Filled = string.Format("{{Json}}", Name);
            object M(string account) { var p = Policy; string q = p.Replace("b", account); return new PutBucketPolicyRequest { BucketName = Name, Policy = q + Filled }; }
            object N() => new BasicAWSCredentials("AKIA" + "I", $"{Name}{1,2:x}");
        }
        """,
        $$$"""""
        class D
        {
            object M(string who) => new { Version = "2012-10-17", Statement = new object[] { new { Effect = "Allow", Action = new[] { "s3:*", who }, Resource = "*", Condition = new { StringEquals = new System.Collections.Generic.Dictionary<string, string> { ["aws:username"] = who } } } } };
            string Raw => $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{who}}", "Resource": "*"}]}""";
            string At => @"{""Version"": ""2012-10-17"", ""Statement"": [{""Effect"": ""Allow"", ""Action"": ""s3:*"", ""Resource"": ""*""}]}";
            System.ReadOnlySpan<byte> Bytes => "{{{Json}}}"u8;
            string password = "p" + 'w', connection = "Server=a;User Id=b;Password=" + who;
        }
        """"",
        """
        using Amazon.CDK.AWS.IAM;
        class E
        {
            void M(Role role, Amazon.CDK.AWS.S3.Bucket bucket)
            {
                var statement = new PolicyStatement(new PolicyStatementProps { Effect = Effect.ALLOW, Actions = new[] { "s3:GetObject" }, Resources = new[] { "*" }, Principals = new IPrincipal[] { new AnyPrincipal() } });
                statement.AddActions("iam:PassRole", "s3:*");
                role.AddToPolicy(statement);
                bucket.GrantPublicAccess();
            }
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void DamagedCodeIsAnalyzed(string code) => DamagedText.Of(code).Each(15, damaged =>
    {
        long before = GC.GetTotalAllocatedBytes();
        Assert.Equal("", string.Join('\n', Compiled.DiagnosticsOfBroken(damaged).Where(line => line.Contains(" AD0001: ", StringComparison.Ordinal))));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostBytes);
    });
}
