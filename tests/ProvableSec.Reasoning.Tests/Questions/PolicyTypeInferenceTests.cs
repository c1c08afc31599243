using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Questions;

/// <summary>What a document is taken for when nobody says.</summary>
public sealed class PolicyTypeInferenceTests
{
    private const string Identity = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}""",
        Resource = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}""",
        Mixed = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}""",
        Trust = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}""",
        Repository = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}}""";

    [Theory]
    [InlineData("region_scp.json", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("policies/deny-regions.SCP.JSON", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("scp-regions.json", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("DenyRegionsSCP.json", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("service-control-policy.json", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("perimeter_rcp.json", Resource, PolicyType.ResourceControlPolicy)]
    [InlineData("resource_control_policies.json", Resource, PolicyType.ResourceControlPolicy)]
    [InlineData("s3_endpoint_policy.json", Resource, PolicyType.VpcEndpoint)]
    [InlineData("S3-VPCE-policy.json", Resource, PolicyType.VpcEndpoint)]
    [InlineData("dev_boundary.json", Identity, PolicyType.PermissionsBoundary)]
    [InlineData("PermissionsBoundary.json", Identity, PolicyType.PermissionsBoundary)]
    [InlineData("ci-session-policy.json", Identity, PolicyType.Session)]
    [InlineData("x.endpoint.json", Resource, PolicyType.VpcEndpoint)]
    [InlineData("service_control_policies/regions.json", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("service-control-policy-examples/Privacy/regions.json", Identity, PolicyType.ServiceControlPolicy)]
    [InlineData("a\\resource_control_policies\\perimeter.json", Resource, PolicyType.ResourceControlPolicy)]
    [InlineData("vpc_endpoint_policies/s3.json", Resource, PolicyType.VpcEndpoint)]
    [InlineData("permissions_boundaries/dev.json", Identity, PolicyType.PermissionsBoundary)]
    [InlineData("service_control_policies/dev_boundary.json", Identity, PolicyType.PermissionsBoundary)]
    [InlineData("region_scp.json", Mixed, PolicyType.ServiceControlPolicy)]
    [InlineData("x.scp.json", Trust, PolicyType.ServiceControlPolicy)]
    [InlineData("x.endpoint.json", Identity, PolicyType.VpcEndpoint)]
    public void The_name_of_its_file_says_it(string name, string policy, PolicyType type) =>
        Assert.Equal((type, PolicyTypeOrigin.FileName), PolicyTypeInference.Infer(PolicyReader.Read(new DocumentText(policy, name))));

    [Theory]
    // A word that means something else, where the document does not look like that type, or in another place of the name.
    [InlineData("sagemaker_endpoint_policy.json", Identity, PolicyType.Identity)]
    [InlineData("endpoint-access.json", Resource, PolicyType.Resource)]
    [InlineData("session-table.json", Identity, PolicyType.Identity)]
    [InlineData("escape.json", Identity, PolicyType.Identity)]
    [InlineData("scps/regions.json", Identity, PolicyType.Identity)]
    [InlineData("boundary/bucket.json", Resource, PolicyType.Resource)]
    [InlineData("region_scp.json", Resource, PolicyType.Resource)]
    [InlineData("region_scp.json", Trust, PolicyType.Trust)]
    [InlineData("dev_boundary.json", Resource, PolicyType.Resource)]
    [InlineData("ci_session_policy.json", Resource, PolicyType.Resource)]
    [InlineData("s3_endpoint_policy.json", Identity, PolicyType.Identity)]
    [InlineData("perimeter_rcp.json", Identity, PolicyType.Identity)]
    [InlineData("service_control_policies/bucket.json", Resource, PolicyType.Resource)]
    [InlineData("role.json", Trust, PolicyType.Trust)]
    [InlineData("repository.json", Repository, PolicyType.Resource)]
    public void Else_its_content_does(string name, string policy, PolicyType type) =>
        Assert.Equal((type, PolicyTypeOrigin.Content), PolicyTypeInference.Infer(PolicyReader.Read(new DocumentText(policy, name))));
}
