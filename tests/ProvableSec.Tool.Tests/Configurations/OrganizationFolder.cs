using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>A small organization: two accounts of which one is a sandbox without guardrails, a dump of each, and a bucket policy.</summary>
internal sealed class OrganizationFolder : IDisposable
{
    public const string Guarded = "111122223333", Sandbox = "444455556666", Management = "999988887777";

    private readonly TemporaryFolder folder = new();

    public OrganizationFolder()
    {
        folder.Write("scps/full.json", PolicyJson.Everything);
        folder.Write("scps/guardrails.json", """{"Version":"2012-10-17","Statement":{"Sid":"Trails","Effect":"Deny","Action":"cloudtrail:StopLogging","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"}}}}""");
        folder.Write("organization.json", $$"""
            {"organization": {"id": "o-example", "managementAccount": "{{Management}}",
                "accounts": {"{{Guarded}}": "o-example/r-root/ou-work/", "{{Sandbox}}": "o-example/r-root/ou-sand/"} },
             "serviceControlPolicies": {"ou-work": ["scps/full.json", "scps/guardrails.json"]} }
            """);
        folder.Write("dumps/work.json", Dump(Guarded, "Admin", "Operator"));
        folder.Write("dumps/sandbox.json", Dump(Sandbox, "Admin", "Operator"));
        folder.Write("stop.json", VerifyFolder.Property("cloudtrail:StopLogging"));
    }

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    public string Write(string name, string text) => folder.Write(name, text);

    /// <summary>Runs <c>verify</c> on a configuration with these members.</summary>
    public ToolRun Verify(string members, params string[] options) =>
        ToolRun.Command(["verify", folder.Write("provablesec.json", $$"""{"version": 1, {{members}} }"""), .. options]);

    /// <summary>A dump whose roles may do everything in CloudTrail.</summary>
    public static string Dump(string account, params string[] roles) =>
        $$"""{"UserDetailList": [], "GroupDetailList": [], "Policies": [], "RoleDetailList": [{{string.Join(",\n", roles.Select(role => Role(account, role, "cloudtrail:*")))}}]}""";

    public static string Role(string account, string role, string action) => $$$"""
        {"Path": "/", "RoleName": "{{{role}}}", "RoleId": "AROAEXAMPLE", "Arn": "arn:aws:iam::{{{account}}}:role/{{{role}}}", "Tags": [], "AttachedManagedPolicies": [], "InstanceProfileList": [],
         "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}},
         "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "{{{action}}}", "Resource": "*"} } }]}
        """;
}
