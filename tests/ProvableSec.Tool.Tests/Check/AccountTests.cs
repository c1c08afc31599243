using System.Text.Json;

namespace ProvableSec.Tool.Tests.Check;

/// <summary><c>check</c> on what shows how people and programs get into an account: dump, credential report, account summary, settings of STS.</summary>
public sealed class AccountTests : IDisposable
{
    private const string Administrator = """{"PolicyName": "AdministratorAccess", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}""";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData($$"""{"UserDetailList": [{"UserName": "a", "Arn": "arn:aws:iam::111122223333:user/a", "AttachedManagedPolicies": [{{Administrator}}]}]}""", "PSEC2208 /UserDetailList/0/AttachedManagedPolicies/0\nPSEC2209 /UserDetailList/0/AttachedManagedPolicies/0")]
    [InlineData($$"""{"UserDetailList": [{"UserName": "a", "Arn": "arn:aws:iam::111122223333:user/a", "GroupList": ["dev", "admins"]}], "GroupDetailList": [{"GroupName": "admins", "Arn": "arn:aws:iam::111122223333:group/admins", "AttachedManagedPolicies": [{{Administrator}}]}]}""", "PSEC2209 /UserDetailList/0/GroupList/1")]
    [InlineData("""{"UserDetailList": [{"UserName": "a", "Arn": "arn:aws:iam::111122223333:user/a", "GroupList": ["dev"]}], "GroupDetailList": [{"GroupName": "dev", "Arn": "arn:aws:iam::111122223333:group/dev", "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}]}]}""", "")]
    [InlineData($$"""{"RoleDetailList": [{"RoleName": "a", "Arn": "arn:aws:iam::111122223333:role/a", "AttachedManagedPolicies": [{{Administrator}}]}]}""", "")]
    [InlineData("""{"RoleDetailList": [{"RoleName": "g", "Arn": "arn:aws:iam::111122223333:role/g", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:x"}, "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "unauthenticated"}}}]}}]}""", "PSEC2001 /RoleDetailList/0/AssumeRolePolicyDocument/Statement/0/Principal/Federated")]
    [InlineData("""{"SummaryMap": {"AccountMFAEnabled": 0, "AccountAccessKeysPresent": 1, "GlobalEndpointTokenVersion": 1, "Users": 3}}""", "PSEC1014 /SummaryMap/GlobalEndpointTokenVersion\nPSEC2201 /SummaryMap/AccountAccessKeysPresent\nPSEC2202 /SummaryMap/AccountMFAEnabled")]
    [InlineData("""{"SummaryMap": {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0, "GlobalEndpointTokenVersion": 2, "Users": 3}}""", "")]
    public void An_account_has_its_findings(string json, string expected) =>
        Assert.Equal(expected, string.Join('\n', Findings("account.json", json).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("config", "[default]\nregion = eu-west-1\nsts_regional_endpoints = legacy\n", "PSEC1014 3:26")]
    [InlineData("config", "[default]\nsts_regional_endpoints=regional\n# sts_regional_endpoints = legacy\n", "")]
    [InlineData("deploy.sh", "export AWS_STS_REGIONAL_ENDPOINTS=legacy\n", "PSEC1014 1:35")]
    [InlineData("Dockerfile", "FROM a\nENV AWS_STS_REGIONAL_ENDPOINTS=legacy\n", "PSEC1014 2:32")]
    [InlineData("t.yaml", "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment: {Variables: {AWS_STS_REGIONAL_ENDPOINTS: legacy}}\n", "PSEC1014 5:61")]
    public void The_global_endpoint_of_STS_is_found_in_settings(string name, string text, string expected)
    {
        ToolRun run = ToolRun.Command("check", Path.GetDirectoryName(folder.Write("s/" + name, text))!, "--format", "json");
        Assert.Equal(expected, run.Output.Length == 0 ? "" : string.Join('\n', JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .Select(finding =>
                $"{finding.GetProperty("rule").GetString()} {finding.GetProperty("line").GetInt32()}:{finding.GetProperty("column").GetInt32()}")));
    }

    [Fact]
    public void The_summary_says_what_was_read()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("summary.json", """{"SummaryMap": {"AccountAccessKeysPresent": 1}}"""));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("0 policies in 0 files, 1 account summary: 1 error", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Findings(string name, string json) =>
        JsonDocument.Parse(ToolRun.Command("check", folder.Write(name, json), "--format", "json").Output).RootElement.EnumerateArray()
            .Select(finding => $"{finding.GetProperty("rule").GetString()} {finding.GetProperty("pointer").GetString()}");
}
