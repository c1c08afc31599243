namespace ProvableSec.Tool.Tests.Verify;

/// <summary>A small repository with a configuration, and a mistake in one of its policies.</summary>
internal sealed class VerifyFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public VerifyFolder()
    {
        folder.Write("policies/roles/app.json", """
            {
              "Version": "2012-10-17",
              "Statement": {
                "Sid": "PowerUser",
                "Effect": "Allow",
                "NotAction": ["iam:*", "organizations:*"],
                "Resource": "*"
              }
            }
            """);
        folder.Write("policies/scp/full.json", PolicyJson.Everything);
        folder.Write("policies/scp/mfa.json", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "Mfa",
                  "Effect": "Deny",
                  "Action": "ec2:Stop*",
                  "Resource": "*",
                  "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}
                }
              ]
            }
            """);
        folder.Write("properties/regions.json", Property("account:EnableRegion"));
        folder.Write("properties/stop.json", Property("ec2:StopInstances"));
        folder.Write("properties/roles.json", Property("iam:CreateRole"));
    }

    /// <summary>The members that most tests have.</summary>
    public const string Stacks = """
        "documents": [{"files": "policies/**/*.json", "type": "scp"}],
          "stacks": {
            "app": {"account": "111122223333", "identityPolicies": ["policies/roles/app.json"]},
            "guarded": {"account": "111122223333", "identityPolicies": ["policies/roles/app.json"],
                        "serviceControlPolicies": [["policies/scp/full.json", "policies/scp/mfa.json"]]}
          }
        """;

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    public static string Property(string action) =>
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"*"} }""";

    public void Write(string name, string text) => folder.Write(name, text);

    /// <summary>Runs <c>verify</c> on a configuration with these properties.</summary>
    public ToolRun Verify(string properties, params string[] options) =>
        VerifyText($$"""
            {
              "version": 1,
              {{Stacks}},
              "properties": [
                {{properties}}
              ]
            }
            """, options);

    /// <summary>Runs <c>verify</c> on a configuration.</summary>
    public ToolRun VerifyText(string configuration, params string[] options) =>
        ToolRun.Command(["verify", folder.Write("provablesec.json", configuration), .. options]);

    /// <summary>The text without what differs between machines.</summary>
    public string Stable(string text) => Timings.Removed(text.Replace(folder["x"][..^1], "", StringComparison.Ordinal));
}
