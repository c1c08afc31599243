namespace ProvableSec.Tests.Workloads;

/// <summary>Policies of buckets, queues and keys, made of what such policies are made of; some are public.</summary>
public static class GeneratedResourcePolicy
{
    private static readonly (string[] Resources, string[] Actions, string[] Conditions)[] Kinds =
    [
        (
            ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*", "arn:aws:s3:::reports/public/*"],
            ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Get*", "s3:*"],
            [
                """{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}""", """{"StringEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}""",
                """{"StringLike":{"s3:prefix":["home/*","shared/*"]}}""", """{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}""",
            ]),
        (
            ["arn:aws:sqs:eu-west-1:111122223333:jobs"],
            ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:Get*", "sqs:*"],
            ["""{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:news"}}""", """{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:*:*:reports"}}"""]),
        (
            ["*"],
            ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:*"],
            [
                """{"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}}""", """{"StringEquals":{"kms:CallerAccount":"111122223333"}}""",
                """{"Bool":{"kms:GrantIsForAWSResource":"true"}}""", """{"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::reports/*"}}""",
            ]),
    ];

    private static readonly string[] Principals =
    [
        "\"*\"", "\"*\"", """{"AWS":"*"}""", """{"AWS":"111122223333"}""",
            """{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::444455556666:role/reader"]}""",
        """{"AWS":"arn:aws:iam::444455556666:user/ci"}""", """{"Service":"cloudtrail.amazonaws.com"}""",
            """{"Service":["sns.amazonaws.com","s3.amazonaws.com"]}""",
    ];

    private static readonly string[] Conditions =
    [
        """{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}""", """{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}""",
            """{"StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}""",
        """{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*"}}""",
            """{"StringEquals":{"aws:PrincipalAccount":["111122223333","444455556666"]}}""",
        """{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/reader"}}""", """{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}""",
        """{"StringEquals":{"aws:PrincipalTag/team":"data"}}""", """{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""",
            """{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","198.51.100.0/24"]}}""",
        """{"IpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}}""", """{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""",
            """{"StringEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}""",
        """{"StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}""", """{"StringLike":{"aws:SourceVpc":"vpc-*"}}""",
            """{"StringEquals":{"aws:SourceAccount":"111122223333"}}""",
        """{"Bool":{"aws:SecureTransport":"true"}}""", """{"Bool":{"aws:SecureTransport":"false"}}""",
            """{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}""",
        """{"Bool":{"aws:PrincipalIsAWSService":"true"}}""", """{"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}""",
            """{"Bool":{"aws:ViaAWSService":"true"}}""",
        """{"StringLike":{"aws:UserAgent":"internal-*"}}""", """{"StringLike":{"aws:Referer":"https://www.example.com/*"}}""",
            """{"DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"}}""",
        """{"Null":{"aws:PrincipalOrgID":"false"}}""", """{"StringLike":{"aws:userid":"AROAEXAMPLEID:*"}}""",
            """{"StringEquals":{"aws:PrincipalServiceName":"cloudtrail.amazonaws.com"}}""",
    ];

    /// <summary>The next policy: one to four statements, each with up to two conditions.</summary>
    public static string Next(Random random)
    {
        (string[] resources, string[] actions, string[] own) = Kinds[random.Next(Kinds.Length)];
        IEnumerable<string> statements = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Statement()).ToList();
        return PolicyJson.Document(statements);

        string Statement()
        {
            bool denies = random.Next(4) == 0;

            // At most one of an operator: a block has each only once.
            string condition = string.Join(",", Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(4) == 0 ? Pick(own) : Pick(Conditions)).ToList()
                .DistinctBy(c => c.Split('"')[1]).Select(c => c[1..^1]));
            return $$"""{"Effect":"{{(denies ? "Deny" : "Allow")}}","Principal":{{(denies ? "\"*\"" : Pick(Principals))}},"Action":"{{Pick(actions)}}","Resource":"{{Pick(resources)}}"{{(condition.Length == 0 ? "" : $",\"Condition\":{{{condition}}}")}}}""";
        }

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
