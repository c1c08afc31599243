using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary>What each switch of a public access block takes away, and what it does not (Amazon S3 User Guide, "Blocking public access to your Amazon S3
/// storage").</summary>
public sealed class PublicAccessBlockTests
{
    private const string Public = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}]}""";

    [Theory]
    [InlineData("""{"RestrictPublicBuckets": true}""", "Info RestrictPublicBuckets")]
    [InlineData("""{"RestrictPublicBuckets": "true", "BlockPublicPolicy": true}""", "Info RestrictPublicBuckets")]
    [InlineData("""{"BlockPublicPolicy": true}""", "Info BlockPublicPolicy")]
    [InlineData("""{"BlockPublicAcls": true, "IgnorePublicAcls": true}""", "Error")]
    [InlineData("""{"RestrictPublicBuckets": false}""", "Error")]
    [InlineData("""{"RestrictPublicBuckets": {"Ref": "Any"}}""", "Error")]
    [InlineData("""{"Fn::If": ["Open", {"RestrictPublicBuckets": false}, {"RestrictPublicBuckets": true}]}""", "Error where Open")]
    [InlineData("""{"RestrictPublicBuckets": {"Fn::If": ["Open", false, true]}}""", "Error where Open")]
    [InlineData("""{"RestrictPublicBuckets": {"Ref": "Switch"}}""", "Error where Switch is \"false\"")]
    public void Each_switch_of_a_bucket_does_what_it_does(string block, string expected)
    {
        foreach (string bucket in (string[])["""{"Ref": "Bucket"}""", "\"site\""])
        {
            PolicyFinding finding = Assert.Single(Template(block, bucket, Public), finding => finding.Rule.Id == "PSEC2001");
            Assert.Equal(expected.Split(' ')[0], finding.Severity.ToString());
            Assert.Contains(expected.Contains("where", StringComparison.Ordinal) ? $"({expected[6..]})" : expected.StartsWith("Info", StringComparison.Ordinal)
                ? expected[5..] : "", finding.Message, StringComparison.Ordinal);
        }

        Assert.Equal("Error", Assert.Single(Template(block, """{"Ref": "Other"}""", Public), finding => finding.Rule.Id == "PSEC2001").Severity.ToString());
    }

    /// <summary>S3 does not take a policy for public whose condition fixes one of some keys, and so blocks nothing; with a condition it is not said
    /// to.</summary>
    [Theory]
    [InlineData("""{"StringEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "k"}}""")]
    [InlineData("""{"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}""")]
    public void What_S3_does_not_take_for_public_stays_open(string condition) => Assert.DoesNotContain(
        Template("""{"RestrictPublicBuckets": true, "BlockPublicPolicy": true}""", """{"Ref": "Bucket"}""",
            Public.Replace("\"Action\"", $"\"Condition\": {condition}, \"Action\"", StringComparison.Ordinal)),
        finding => finding.Message.Contains("RestrictPublicBuckets", StringComparison.Ordinal));

    [Fact]
    public void An_access_point_has_a_block_of_its_own() => Assert.Equal(RuleSeverity.Info, Assert.Single(Check("""
        {"Resources": {"It": {"Type": "AWS::S3::AccessPoint", "Properties": {"Bucket": "b", "PublicAccessBlockConfiguration": {"RestrictPublicBuckets": true}, "Policy": POLICY}}}}
        """.Replace("POLICY", Public, StringComparison.Ordinal)), finding => finding.Rule.Id == "PSEC2001").Severity);

    [Theory]
    [InlineData("""{"Fn::If": ["Open", "PublicRead", "Private"]}""", "{}", "where Open")]
    [InlineData("\"PublicRead\"", """{"BlockPublicAcls": {"Fn::If": ["Open", false, true]}}""", "where Open")]
    [InlineData("\"PublicRead\"", """{"IgnorePublicAcls": {"Ref": "Any"}}""", null)]
    public void ACLs_are_judged_in_each_branch(string acl, string block, string? where)
    {
        PolicyFinding[] found = [.. Check($$"""
            {"Parameters": {"Any": {"Type": "String"} }, "Conditions": {"Open": {"Fn::Equals": [{"Ref": "Any"}, "open"]} }, "Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {
              "AccessControl": {{acl}}, "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}, "PublicAccessBlockConfiguration": {{block}} } } } }
            """, out DocumentNotes notes).Where(finding => finding.Rule.Id == "PSEC2001")];
        Assert.Equal(where is null ? 0 : 1, found.Length);
        Assert.All(found, finding => Assert.EndsWith($"({where})", finding.Message, StringComparison.Ordinal));
        Assert.Equal(where is null ? 1 : 0, notes.Unjudged.Count);
    }

    [Theory]
    [InlineData("\"bucket\": \"site\"", "", "Info")]
    [InlineData("\"id\": null", "aws_s3_bucket.site.id,aws_s3_bucket.site", "Info")]
    [InlineData("\"id\": null", "aws_s3_bucket.other.id,aws_s3_bucket.other", "Error")]
    [InlineData("\"id\": null", "each.value", "Error")]
    [InlineData("\"bucket\": \"other\"", "", "Error")]
    public void A_plan_says_which_bucket_a_block_is_of(string values, string references, string severity) =>
        Assert.Equal(severity, Assert.Single(Check(Plan(
            $$"""{"address": "aws_s3_bucket_public_access_block.b", "type": "aws_s3_bucket_public_access_block", "values": { {{values}}, "restrict_public_buckets": true} }""",
            references)), finding => finding.Rule.Id == "PSEC2001").Severity.ToString());

    [Theory]
    [InlineData("null", "Info")]
    [InlineData("\"444455556666\"", "Error")]
    public void A_block_of_the_account_is_of_all_its_buckets(string account, string severity) =>
        Assert.Equal(severity, Assert.Single(Check(Plan(
            $$"""{"address": "aws_s3_account_public_access_block.a", "type": "aws_s3_account_public_access_block", "values": {"account_id": {{account}}, "block_public_policy": true} }""", "")), finding => finding.Rule.Id == "PSEC2001").Severity.ToString());

    [Theory]
    [InlineData("ObjectWriter", "false", 1)]
    [InlineData("BucketOwnerPreferred", "false", 1)]
    [InlineData("BucketOwnerEnforced", "false", 0)]
    [InlineData("ObjectWriter", "true", 0)]
    public void An_ACL_of_a_plan_counts_where_ACLs_do(string ownership, string ignored, int count)
    {
        foreach (string acl in (string[])["\"acl\": \"public-read\"", "\"access_control_policy\": [{\"grant\": [{\"grantee\": [{\"uri\": \"http://acs.amazonaws.com/groups/global/AllUsers\"}], \"permission\": \"READ\"}]}]"])
        {
            Assert.Equal(count, Check($$"""
                {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
                  {"address": "a", "type": "aws_s3_bucket_acl", "values": {"bucket": "site", {{acl}} } },
                  {"address": "b", "type": "aws_s3_bucket_ownership_controls", "values": {"bucket": "site", "rule": [{"object_ownership": "{{ownership}}"}]} },
                  {"address": "c", "type": "aws_s3_bucket_public_access_block", "values": {"bucket": "site", "block_public_acls": false, "ignore_public_acls": {{ignored}} } }]} } }
                """).Count(finding => finding.Rule.Id == "PSEC2001"));
        }
    }

    private static string Plan(string block, string references) => $$"""
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
           {"address": "aws_s3_bucket_policy.p", "type": "aws_s3_bucket_policy", "values": {"bucket": "site", "policy": "{{Public.Replace("\"", "\\\"", StringComparison.Ordinal)}}"} }, {{block}}]} },
         "configuration": {"root_module": {"resources": [
           {"address": "aws_s3_bucket_policy.p", "expressions": {"bucket": {"references": ["aws_s3_bucket.site.id", "aws_s3_bucket.site"]} } },
           {"address": "aws_s3_bucket_public_access_block.b", "expressions": {"bucket": {"references": [{{string.Join(", ", references.Split(',').Where(one => one.Length > 0).Select(one => $"\"{one}\""))}}]} } }]} } }
        """;

    private static IReadOnlyList<PolicyFinding> Template(string block, string bucket, string policy) => Check($$"""
        {"Parameters": {"Any": {"Type": "String"}, "Switch": {"Type": "String", "AllowedValues": ["true", "false"]} },
         "Conditions": {"Open": {"Fn::Equals": [{"Ref": "Any"}, "open"]} },
         "Resources": {
          "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "site", "PublicAccessBlockConfiguration": {{block}} } },
          "It": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {{bucket}}, "PolicyDocument": {{policy}} } } } }
        """);

    private static IReadOnlyList<PolicyFinding> Check(string text) => Check(text, out _);

    private static IReadOnlyList<PolicyFinding> Check(string text, out DocumentNotes notes)
    {
        JsonTree json = JsonTreeReader.Read(new DocumentText(text));
        Assert.Empty(json.Problems);
        return [.. PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out notes)
            .SelectMany(policy => policy.Check(TestContext.Current.CancellationToken))];
    }
}
