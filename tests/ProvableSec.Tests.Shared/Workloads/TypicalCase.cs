using System.Globalization;

namespace ProvableSec.Tests.Workloads;

/// <summary>
/// Cases as an organization has them: identity policies with three statements, a boundary, a service control policy at the root and one below,
/// conditions on region, address, tags, transport and caller. The same number gives the same case on every machine.
/// </summary>
public static class TypicalCase
{
    private static readonly string[] Actions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "dynamodb:Query", "sqs:SendMessage", "ec2:StopInstances",
        "iam:CreateUser", "kms:Decrypt"];
    private static readonly string[] Regions = ["eu-west-1", "eu-central-1", "us-east-1", "eu-west-1"];

    /// <summary>Case <paramref name="number"/> as one line of JSON. Documents recur, requests do not.</summary>
    public static string Line(int number)
    {
        int team = number % 40;
        string action = Actions[number * 7 % Actions.Length];
        string region = Regions[number / 3 % Regions.Length];
        return $$$$"""{"id":"{{{{number.ToString("x8", CultureInfo.InvariantCulture)}}}}","identityPolicies":[{{{{Identity(team)}}}}],"permissionsBoundary":{{{{Boundary}}}},"serviceControlPolicies":[[{{{{RootControl}}}}],[{{{{UnitControl(team % 4)}}}}]],"organization":{"id":"o-a1b2c3d4e5","accounts":{"111122223333":"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"}},"request":{"principal":"arn:aws:iam::111122223333:role/team-{{{{team}}}}","action":"{{{{action}}}}","resource":"{{{{Resource(action, team, number, region)}}}}","context":{"aws:RequestedRegion":"{{{{region}}}}","aws:SourceIp":"203.0.113.{{{{number % 251}}}}","aws:SecureTransport":{{{{(number % 17 == 0 ? "false" : "true")}}}},"aws:CurrentTime":"2026-03-01T12:00:00Z","aws:UserAgent":"sdk/{{{{number % 5}}}}","aws:ViaAWSService":false,"aws:PrincipalTag/team":"team-{{{{team}}}}"}}}""";
    }

    private static string Resource(string action, int team, int number, string region) => action[..action.IndexOf(':')] switch
    {
        "s3" when action == "s3:ListBucket" => $"arn:aws:s3:::team-{team}-data",
        "s3" => $"arn:aws:s3:::team-{team}-data/reports/{number}.csv",
        "dynamodb" => $"arn:aws:dynamodb:{region}:111122223333:table/team-{team}-orders",
        "sqs" => $"arn:aws:sqs:{region}:111122223333:team-{team}-jobs",
        "ec2" => $"arn:aws:ec2:{region}:111122223333:instance/i-{number:x17}",
        "kms" => $"arn:aws:kms:{region}:111122223333:key/1234abcd-12ab-34cd-56ef-{number:d12}",
        _ => $"arn:aws:iam::111122223333:user/u{number}",
    };

    private static string Identity(int team) => $$$$"""
        {"Version":"2012-10-17","Statement":[{"Sid":"Data","Effect":"Allow","Action":["s3:GetObject*","s3:PutObject","s3:ListBucket"],"Resource":["arn:aws:s3:::team-{{{{team}}}}-data","arn:aws:s3:::team-{{{{team}}}}-data/*"],"Condition":{"Bool":{"aws:SecureTransport":"true"},"IpAddress":{"aws:SourceIp":["203.0.113.0/24","198.51.100.0/24"]}}},{"Sid":"Work","Effect":"Allow","Action":["dynamodb:Get*","dynamodb:Query","sqs:SendMessage","kms:Decrypt"],"Resource":["arn:aws:dynamodb:*:111122223333:table/${aws:PrincipalTag/team}-*","arn:aws:sqs:*:111122223333:team-{{{{team}}}}-*","arn:aws:kms:*:111122223333:key/*"],"Condition":{"StringEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}},{"Sid":"Machines","Effect":"Allow","Action":["ec2:Start*","ec2:Stop*","ec2:Describe*"],"Resource":"*","Condition":{"StringEqualsIfExists":{"ec2:ResourceTag/team":"team-{{{{team}}}}"},"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}}]}
        """;

    private const string Boundary = """
        {"Version":"2012-10-17","Statement":[{"Sid":"Services","Effect":"Allow","Action":["s3:*","dynamodb:*","sqs:*","ec2:*","kms:*","logs:*","cloudwatch:*"],"Resource":"*"},{"Sid":"NoPolicies","Effect":"Deny","Action":["iam:*","organizations:*","account:*"],"Resource":"*"}]}
        """;

    private const string RootControl = """
        {"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*","sts:*","support:*","route53:*","cloudfront:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]},"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/platform-*","arn:aws:iam::*:role/break-glass"]}}}]}
        """;

    private static string UnitControl(int unit) => $$$$"""
        {"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"Trail","Effect":"Deny","Action":["cloudtrail:StopLogging","cloudtrail:DeleteTrail","guardduty:Delete*","config:Delete*"],"Resource":"*"},{"Sid":"Unit{{{{unit}}}}","Effect":"Deny","Action":["s3:PutBucketPolicy","s3:DeleteBucket","kms:ScheduleKeyDeletion"],"Resource":"*","Condition":{"StringNotLike":{"aws:PrincipalTag/team":"platform-{{{{unit}}}}*"}}}]}
        """;
}
