using System.Globalization;

namespace ProvableSec.Tests.Workloads;

/// <summary>
/// An organization of 500 accounts below nested organizational units, with ten roles each and 100 SCPs, made of the pieces that such policies are
/// made of. The guardrails stand at every top unit but the sandbox, whose power users and builders can therefore change them: those are the
/// roles that a right answer names. The same on every run.
/// </summary>
public static class SyntheticOrganization
{
    public const int Accounts = 500, RolesPerAccount = 10, TopUnits = 5, SubUnits = 4;

    /// <summary>What must not be done outside the admin roles: change the guardrails themselves, the admin roles, or what watches them.</summary>
    public const string Guardrails = """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"organizations:*","Resource":"*"},
          {"Effect":"Allow","Action":["iam:Attach*","iam:Create*","iam:Delete*","iam:Detach*","iam:Put*","iam:Update*","iam:Tag*","iam:Untag*"],"Resource":"arn:aws:iam::*:role/admin/*"},
          {"Effect":"Allow","Action":["cloudtrail:StopLogging","cloudtrail:DeleteTrail","cloudtrail:UpdateTrail","cloudtrail:PutEventSelectors",
            "config:StopConfigurationRecorder","config:DeleteConfigurationRecorder","config:DeleteDeliveryChannel",
            "guardduty:DeleteDetector","guardduty:UpdateDetector","guardduty:DisassociateFromAdministratorAccount"],"Resource":"*"}]}
        """;

    private const string Guard = """
        {"Version":"2012-10-17","Statement":[
          {"Sid":"Organization","Effect":"Deny","Action":"organizations:*","Resource":"*"},
          {"Sid":"AdminRoles","Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::*:role/admin/*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin/*"}}},
          {"Sid":"Watchers","Effect":"Deny","Action":["cloudtrail:Stop*","cloudtrail:Delete*","cloudtrail:Update*","cloudtrail:Put*","config:Stop*","config:Delete*","guardduty:D*","guardduty:Update*"],"Resource":"*",
           "Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/admin/*","arn:aws:iam::*:role/aws-service-role/*"]}}}]}
        """;

    private static readonly string[] Services = ["s3", "dynamodb", "sqs", "sns", "lambda", "ec2", "rds", "logs", "kms", "secretsmanager", "states", "events"];

    /// <summary>The account with a number.</summary>
    public static string Account(int number) => (100_000_000_000 + (number * 7_919L)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether an account lies in the sandbox.</summary>
    public static bool IsSandbox(int number) => number % TopUnits == TopUnits - 1;

    /// <summary>The organization and its 100 SCPs: one at the root, one at each unit, and the rest at single accounts.</summary>
    public static string Organization()
    {
        List<string> targets = [$"\"r-b\":[{PolicyJson.Everything},{Regions("eu-west-1", "eu-central-1", "us-east-1")}]"];
        int policies = 1;
        for (int top = 0; top < TopUnits; top++)
        {
            targets.Add($"\"ou-b-{top}\":[{PolicyJson.Everything}{(IsSandbox(top) ? "" : "," + Guard)}]");
            policies += IsSandbox(top) ? 0 : 1;
            for (int sub = 0; sub < SubUnits; sub++, policies++)
            {
                targets.Add($"\"ou-b-{top}{sub}\":[{PolicyJson.Everything},{Without(Services[(top + sub) % Services.Length], sub)}]");
            }
        }

        for (int account = 0; policies < 100; account += 6, policies++)
        {
            targets.Add($"\"{Account(account)}\":[{PolicyJson.Everything},{Tagged(Services[account % Services.Length])}]");
        }

        IEnumerable<string> paths = Enumerable.Range(0, Accounts).Select(a => $"\"{Account(a)}\":\"o-bench/r-b/ou-b-{a % TopUnits}/ou-b-{a % TopUnits}{a / TopUnits % SubUnits}/\"");
        return $$$$"""{"organization":{"id":"o-bench","managementAccount":"999999999999","accounts":{ {{{{string.Join(",", paths)}}}} } },"serviceControlPolicies":{ {{{{string.Join(",", targets)}}}} } }""";
    }

    /// <summary>The dump of one account.</summary>
    public static string Dump(int number, int roleCount = RolesPerAccount)
    {
        string account = Account(number);
        var random = new Random(number);
        List<string> roles =
        [
            Role(account, "admin/Admin", """{"PolicyName":"AdministratorAccess","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""", null),
            Role(account, "PowerUser", """{"PolicyName":"PowerUserAccess","PolicyArn":"arn:aws:iam::aws:policy/PowerUserAccess"}""", null),
            Role(account, "ReadOnly", """{"PolicyName":"Read","PolicyArn":"arn:aws:iam::aws:policy/Read"}""", null),
            Role(account, "Builder", $$$$"""{"PolicyName":"PowerUserAccess","PolicyArn":"arn:aws:iam::aws:policy/PowerUserAccess"},{"PolicyName":"Deploy","PolicyArn":"arn:aws:iam::{{{{account}}}}:policy/Deploy"}""", null),
        ];
        for (int i = roles.Count; i < roleCount; i++)
        {
            roles.Add(Role(account, $"app/service-{i}", "", App(account, i, random)));
        }

        return $$$$"""
            {"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[{{{{string.Join(",\n", roles)}}}}],"Policies":[
              {{{{Managed("arn:aws:iam::aws:policy/AdministratorAccess", PolicyJson.Everything)}}}},
              {{{{Managed("arn:aws:iam::aws:policy/PowerUserAccess", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"},{"Effect":"Allow","Action":["account:GetAccountInformation","iam:CreateServiceLinkedRole","iam:ListRoles","organizations:DescribeOrganization"],"Resource":"*"}]}""")}}}},
              {{{{Managed("arn:aws:iam::aws:policy/Read", $$$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[{{{{string.Join(",", Services.Select(s => $"\"{s}:Get*\",\"{s}:List*\",\"{s}:Describe*\""))}}}}],"Resource":"*"}}""")}}}},
              {{{{Managed($"arn:aws:iam::{account}:policy/Deploy", $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:PassRole","iam:GetRole"],"Resource":"arn:aws:iam::{{{{account}}}}:role/app/*"},{"Effect":"Allow","Action":["iam:CreateRole","iam:PutRolePolicy"],"Resource":"arn:aws:iam::{{{{account}}}}:role/app/*","Condition":{"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::{{{{account}}}}:policy/Bound"}}}]}""")}}}}],
             "IsTruncated":false}
            """;
    }

    private static string Regions(params string[] regions) =>
        $$$$"""{"Version":"2012-10-17","Statement":{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*","sts:*","support:*","cloudfront:*","route53:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":[{{{{string.Join(",", regions.Select(r => $"\"{r}\""))}}}}]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin/*"} } } }""";

    private static string Without(string service, int number) =>
        $$$$"""{"Version":"2012-10-17","Statement":[{"Sid":"NoDelete{{{{number}}}}","Effect":"Deny","Action":["{{{{service}}}}:Delete*","{{{{service}}}}:Purge*"],"Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}},{"Sid":"Leave","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}""";

    private static string Tagged(string service) =>
        $$$$"""{"Version":"2012-10-17","Statement":{"Sid":"Tags","Effect":"Deny","Action":"{{{{service}}}}:Create*","Resource":"*","Condition":{"Null":{"aws:RequestTag/owner":"true"} } } }""";

    private static string App(string account, int number, Random random)
    {
        string first = Services[random.Next(Services.Length)], second = Services[random.Next(Services.Length)];
        return $$$$"""
            {"Version":"2012-10-17","Statement":[
              {"Sid":"Own","Effect":"Allow","Action":["{{{{first}}}}:Get*","{{{{first}}}}:Put*","{{{{first}}}}:List*"],"Resource":["arn:aws:{{{{first}}}}:*:{{{{account}}}}:app-{{{{number}}}}*","arn:aws:{{{{first}}}}:::app-{{{{number}}}}-*"]},
              {"Sid":"Shared","Effect":"Allow","Action":"{{{{second}}}}:*","Resource":"arn:aws:{{{{second}}}}:eu-west-1:{{{{account}}}}:shared/*","Condition":{"StringEquals":{"aws:ResourceTag/team":"team-{{{{random.Next(20)}}}}"}}},
              {"Sid":"Logs","Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:*:{{{{account}}}}:log-group:/app/{{{{number}}}}:*"},
              {"Sid":"Trail","Effect":"Allow","Action":["cloudtrail:LookupEvents","config:Get*","guardduty:List*"],"Resource":"*"}]}
            """;
    }

    private static string Role(string account, string name, string attached, string? inline) => $$$$"""
        {"Path":"/{{{{string.Join("", name.Split('/')[..^1].Select(p => p + "/"))}}}}","RoleName":"{{{{name.Split('/')[^1]}}}}","RoleId":"AROAEXAMPLE","Arn":"arn:aws:iam::{{{{account}}}}:role/{{{{name}}}}","CreateDate":"2024-01-01T00:00:00+00:00",
         "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}},
         "InstanceProfileList":[],"RolePolicyList":[{{{{(inline is null ? "" : $$$$"""{"PolicyName":"own","PolicyDocument":{{{{inline}}}}}""")}}}}],"AttachedManagedPolicies":[{{{{attached}}}}],"Tags":[],"RoleLastUsed":{}}
        """;

    private static string Managed(string arn, string document) =>
        $$$$"""{"PolicyName":"p","Arn":"{{{{arn}}}}","DefaultVersionId":"v1","AttachmentCount":1,"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{{{{document}}}}}]}""";
}
