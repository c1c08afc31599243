using System.Globalization;
using System.Text.Json;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary><c>verify</c> of the generated organization as a process: two properties of every role outside the admin roles, then fifty, and these again with
/// all verdicts known.</summary>
internal sealed class VerifyPart : IBenchPart
{
    /// <summary>What nobody but the admin roles does; of some, the power users of the sandbox or of all accounts do.</summary>
    private static readonly string[] Actions =
    [
        "organizations:*", "account:CloseAccount", "account:EnableRegion", "iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile",
            "iam:UpdateLoginProfile", "iam:AttachUserPolicy",
        "iam:AttachRolePolicy", "iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:AddUserToGroup", "iam:UpdateAssumeRolePolicy", "iam:CreatePolicyVersion",
            "iam:SetDefaultPolicyVersion",
        "iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary", "iam:CreateSAMLProvider", "iam:UpdateSAMLProvider",
            "iam:CreateOpenIDConnectProvider", "iam:DeleteRole",
        "iam:DeletePolicy", "iam:DeactivateMFADevice", "iam:CreateServiceSpecificCredential", "iam:UpdateAccountPasswordPolicy", "iam:UploadSigningCertificate",
            "iam:TagRole", "iam:UntagRole",
        "cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors", "config:StopConfigurationRecorder",
            "config:DeleteConfigurationRecorder",
        "config:DeleteDeliveryChannel", "guardduty:DeleteDetector", "guardduty:UpdateDetector", "guardduty:DisassociateFromAdministratorAccount", "sso:*",
            "identitystore:*",
        "organizations:LeaveOrganization", "organizations:DetachPolicy", "account:PutAlternateContact", "aws-portal:ModifyBilling", "iam:CreateGroup",
            "iam:CreateInstanceProfile",
        "iam:ResyncMFADevice", "iam:DeleteUserPolicy",
    ];

    public string Name => "verify";

    public void Run(BenchOptions options, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "organization.json"), SyntheticOrganization.Organization());
            Directory.CreateDirectory(Path.Combine(folder, "accounts"));
            for (int i = 0; i < SyntheticOrganization.Accounts; i++)
            {
                File.WriteAllText(Path.Combine(folder, "accounts", string.Create(CultureInfo.InvariantCulture, $"{i:000}.json")),
                    SyntheticOrganization.Dump(i));
            }

            File.WriteAllText(Path.Combine(folder, "guardrails.json"), SyntheticOrganization.Guardrails);
            Verify(folder, [Property("guardrails", "\"guardrails.json\""), Property("no-users", Forbidden("iam:CreateUser"))], 10, report);
            string[] fifty = [Property("guardrails", "\"guardrails.json\""), Property("passing", Forbidden("iam:PassRole", "arn:aws:iam::*:role/admin/*")),
                .. Actions.Select((action, i) => Property($"p{i}", Forbidden(action)))];
            Verify(folder, fifty, 120, report);
            string[] cache = ["--cache", Path.Combine(folder, "cache")];
            Verify(folder, fifty, 120, report, "filling a cache", cache);
            Verify(folder, fifty, 3, report, "from a cache", cache);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Verify(string folder, string[] properties, int seconds, Report report, string how = "", params string[] options)
    {
        string configuration = Path.Combine(folder, "provablesec.json");
        File.WriteAllText(configuration, $$$"""
            {"version":1,"organization":"organization.json","stacks":{"roles":{"each":"role","files":"accounts/*.json","except":"*:role/admin/*"} },"properties":[{{{string.Join(",\n", properties)}}}]}
            """);
        ProcessRun run = ProcessRun.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "provablesec.dll"), "verify", configuration, .. options],
            TimeSpan.FromMinutes(10))!;
        if (run.ExitCode is not (0 or 1))
        {
            report.Fault($"verify ended with {run.ExitCode}");
            return;
        }

        string name = $"{properties.Length} properties{(how.Length > 0 ? ", " + how : "")}";
        report.AddAtMost(name, run.Wall.TotalSeconds, "s", seconds, $"4,500 roles of 500 accounts; processor time {run.Cpu?.TotalSeconds:0.0} s; {run.Output.TrimEnd().Split('\n')[^1]}");
        if (run.PeakBytes is { } peak)
        {
            report.AddAtMost($"{name}, peak memory", peak / 1e6, "MB", 400);
        }
    }

    private static string Property(string id, string forbidden) =>
        $$"""{"id":"{{id}}","question":"not-granted","stacks":["roles"],"forbidden":{{forbidden}}}""";

    private static string Forbidden(string action, string resource = "*") =>
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":{{JsonSerializer.Serialize(action)}},"Resource":{{JsonSerializer.Serialize(resource)}} } }""";
}
