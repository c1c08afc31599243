using System.Text;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>
/// Which checks speak about a condition by its operator, key and values, about a principal by its form and the type of policy, and about an action and a
/// resource by how it is written: all in one table, in which a word that a check knows and its neighbor stand beside each other.
/// PROVABLESEC_WRITE_PAGES=1 writes it anew.
/// </summary>
public sealed class WhichChecksSpeakTests
{
    private static readonly string File = Repository.Path("tests/ProvableSec.Rules.Tests/Policies/which-checks-speak.txt");

    private static readonly string[] Operators =
    [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike", "NumericEquals",
            "NumericNotEquals",
        "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan",
        "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike",
        "ArnNotEquals", "ArnNotLike", "Null", "Stringequals", "NullIfExists", "BoolIfExists", "StringEqualsIfExists", "StringNotEqualsIfExists",
        "ForAllValues:StringEquals", "ForAnyValue:StringEquals", "ForAllValues:StringNotLike", "ForAnyValue:StringNotLike", "ForAllValues:StringLikeIfExists",
    ];

    private static readonly (string Action, string Key, string[] Values)[] Conditions =
    [
        ("s3:GetObject", "aws:SourceVpc", ["\"vpc-1\"", "[\"vpc-1\",\"vpc-2\"]", "[\"vpc-1\",\"vpc-1\"]", "\"vpc-*\"", "\"*\"", "\"\"", "[]",
            "\"${aws:username}\""]),
        ("s3:GetObject", "aws:SourceIp", ["\"203.0.113.0/24\"", "\"0.0.0.0/0\"", "\"10.0.0.0/8\"", "\"203.0.113.7/24\"", "\"x\"",
            "[\"203.0.113.0/24\",\"203.0.113.0/25\"]"]),
        ("s3:GetObject", "aws:CurrentTime", ["\"2040-01-01T00:00:00Z\"", "\"2020-01-01\"", "\"x\"", "[\"2040-01-01\",\"2041-01-01\"]"]),
        ("s3:GetObject", "aws:SecureTransport", ["\"true\"", "true", "\"x\"", "[\"true\",\"false\"]"]),
        ("s3:ListBucket", "s3:max-keys", ["\"10\"", "[\"10\",\"20\"]", "\"x\""]),
        ("s3:GetObject", "aws:SourceArn", ["\"arn:aws:s3:::b\"", "\"arn:aws:s3:::b*\"", "\"*\"", "\"x\""]),
        ("ec2:CreateTags", "aws:TagKeys", ["\"a\"", "[\"a\",\"b\"]", "\"*\""]),
        ("s3:GetObject", "aws:PrincipalArn", ["\"arn:aws:iam::111122223333:role/r\"", "\"arn:aws:iam::111122223333:role/*\"",
            "\"arn:aws:iam::111122223333:*\""]),
        ("s3:GetObject", "aws:PrincipalOrgID", ["\"o-a1b2c3d4e5\"", "\"o-*\"", "\"${aws:ResourceOrgID}\""]),
        ("s3:GetObject", "aws:MultiFactorAuthPresent", ["\"true\"", "\"false\""]),
        ("s3:GetObject", "aws:PrincipalTag/Team", ["\"a\""]),
        ("s3:GetObject", "made:Up", ["\"a\""]),
        ("iam:PassRole", "iam:PassedToService", ["\"lambda.amazonaws.com\"", "\"*\""]),
    ];

    private static readonly string[] Principals =
    [
        "\"*\"", "{\"AWS\":\"*\"}", "{\"AWS\":\"111122223333\"}", "{\"AWS\":\"11112222333\"}", "{\"AWS\":\"arn:aws:iam::111122223333:root\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333:user/a\"}", "{\"AWS\":\"arn:aws:iam::111122223333:user/*\"}", "{\"AWS\":\"arn:aws:iam::111122223333:group/a\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333:role/a\"}", "{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/a/b\"}", "{\"AWS\":\"arn:aws:iam::*:root\"}",
        "{\"AWS\":\"arn:aws:sts::111122223333:federated-user/a\"}", "{\"AWS\":\"AIDAIOSFODNN7EXAMPLEX\"}", "{\"AWS\":\"x\"}", "{\"AWS\":\"\"}", "{\"AWS\":[]}",
            "{}",
        "{\"AWS\":[\"111122223333\",\"111122223333\"]}", "{\"AWS\":[\"111122223333\",\"*\"]}", "{\"Service\":\"lambda.amazonaws.com\"}", "{\"Service\":\"*\"}",
        "{\"Service\":\"x\"}", "{\"Service\":\"lambda.amazonaws.co\"}", "{\"Federated\":\"accounts.google.com\"}",
            "{\"Federated\":\"cognito-identity.amazonaws.com\"}",
        "{\"Federated\":\"arn:aws:iam::111122223333:saml-provider/a\"}", "{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}",
        "{\"Federated\":\"*\"}", "{\"CanonicalUser\":\"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be\"}", "{\"CanonicalUser\":\"x\"}", "{\"Aws\":\"111122223333\"}",
    ];

    private static readonly string[] Actions =
    [
        "*", "**", "s3:*", "s3:Get*", "s3:GetObject", "s3:getobject", "S3:GetObject", "s3:GetObjct", "s4:GetObject", "s3:", ":GetObject", "s3", "",
            "s3:Get?bject", "*:*",
        "iam:*", "iam:PassRole", "iam:Pass*", "iam:CreateServiceLinkedRole", "iam:CreatePolicyVersion", "iam:AttachUserPolicy", "iam:CreateAccessKey",
            "sts:AssumeRole",
        "sts:*", "kms:Decrypt", "kms:*", "secretsmanager:GetSecretValue", "lambda:InvokeFunction", "ec2:RunInstances", "ec2:*", "ec2:Describe*",
            "organizations:*",
        "s3:ListAllMyBuckets", "dynamodb:GetItem", "logs:*", "cloudtrail:StopLogging", "s3:PutBucketPolicy", "sts:GetCallerIdentity", "*:GetObject",
            "s3:*Object*",
    ];

    private static readonly string[] Resources =
    [
        "*", "**", "arn:aws:s3:::b/*", "arn:aws:s3:::b", "arn:aws:s3:::*", "arn:aws:s3::111122223333:b", "arn:aws:s3:eu-west-1::b", "arn:aws:*:*:*:*",
            "arn:*:s3:::b",
        "arn:aws:s?:::b", "arn:aws:S3:::b", "arn:aws:s4:::b", "arn:awz:s3:::b", "aws:s3:::b", "arn:aws:s3", "arn:aws:s3::::", "b", "",
        "arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::11112222333:role/a", "arn:aws:iam::*:role/a",
        "arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sqs:eu-wst-1:111122223333:q", "arn:aws:sqs:*:111122223333:q", "arn:aws:sqs::111122223333:q",
        "arn:aws:lambda:eu-west-1:111122223333:function:f", "arn:aws:lambda:eu-west-1:111122223333:f", "arn:aws:s3:::${aws:username}/*",
            "arn:aws:s3:::${aws:usrname}/*",
        "arn:aws:s3:::${}", "arn:aws:s3:::${aws:username", "arn:aws:${aws:username}:::b", "arn:aws:kms:eu-west-1:111122223333:key/k", "arn:aws-cn:s3:::b",
    ];

    [Fact]
    public void The_table_is_what_they_say()
    {
        string table = Table();
        if (Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_PAGES") == "1")
        {
            System.IO.File.WriteAllText(File, table);
        }

        Assert.Equal(System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"), table);
    }

    private static string Table()
    {
        var table = new StringBuilder();
        foreach ((string action, string key, string[] values) in Conditions)
        {
            foreach (string value in values)
            {
                Section(table, $"{action} if {key} is {value}", Operators, op => Statement(
                    $"\"Action\":\"{action}\",\"Resource\":\"*\",\"Condition\":{{\"{op}\":{{\"{key}\":{value}}}}}"), PolicyType.Identity);
            }
        }

        foreach (PolicyType type in Enum.GetValues<PolicyType>())
        {
            foreach (string element in (string[])["Principal", "NotPrincipal"])
            {
                string action = type.ToString().Contains("Trust", StringComparison.Ordinal) ? "sts:AssumeRole" : "s3:GetObject";
                Section(table, $"{element} of {type}", Principals, principal => Statement(
                    $"\"{element}\":{principal},\"Action\":\"{action}\",\"Resource\":\"arn:aws:s3:::b/*\""), type);
            }
        }

        foreach (string element in (string[])["Action", "NotAction"])
        {
            foreach (string effect in (string[])["Allow", "Deny"])
            {
                foreach (string resource in (string[])["*", "arn:aws:s3:::b/*"])
                {
                    Section(table, $"{effect} {element} on {resource}", Actions,
                        action => Statement($"\"{element}\":\"{action}\",\"Resource\":\"{resource}\"", effect), PolicyType.Identity);
                }
            }
        }

        foreach (string element in (string[])["Resource", "NotResource"])
        {
            foreach (string action in (string[])["s3:GetObject", "*", "iam:PassRole", "sqs:SendMessage"])
            {
                Section(table, $"{element} of {action}", Resources, resource =>
                    Statement($"\"Action\":\"{action}\",\"{element}\":\"{resource}\""), PolicyType.Identity);
            }
        }

        return table.ToString();
    }

    private static string Statement(string elements, string effect = "Allow") =>
        $$"""{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"{{effect}}",{{elements}} } }""";

    /// <summary>What is said, and about which; in the order in which it is said first.</summary>
    private static void Section(StringBuilder table, string title, IEnumerable<string> written, Func<string, string> policyOf, PolicyType type)
    {
        table.Append(title).Append('\n');
        foreach (IGrouping<string, string> alike in written.GroupBy(one => Said(policyOf(one), type)))
        {
            table.Append("  ").Append(alike.Key).Append(": ").AppendJoin(' ', alike).Append('\n');
        }

        table.Append('\n');
    }

    private static string Said(string policy, PolicyType type)
    {
        string said = string.Join(' ', PolicyChecks.Check(new DocumentText(policy, "policy.json"), new PolicyContext(type),
            TestContext.Current.CancellationToken)
            .Select(finding => $"{finding.Rule.Id}@{finding.Pointer[(finding.Pointer.LastIndexOf('/') + 1)..]}").Distinct().Order(StringComparer.Ordinal));
        return said.Length == 0 ? "nothing" : said;
    }
}
