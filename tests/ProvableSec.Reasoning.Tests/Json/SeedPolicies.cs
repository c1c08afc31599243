namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>Policies as people write them, one of each kind: where the fuzz tests begin.</summary>
internal static class SeedPolicies
{
    public static readonly string[] All =
    [
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Sid": "AllowAll", "Effect": "Allow", "Action": "*", "Resource": "*" }
          ]
        }
        """,
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::home/${aws:username}/*"}}
        """,
        """
        {
          "Version": "2012-10-17",
          "Id": "bucket-policy",
          "Statement": [
            {
              "Sid": "DenyInsecure",
              "Effect": "Deny",
              "Principal": "*",
              "Action": "s3:*",
              "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
              "Condition": { "Bool": { "aws:SecureTransport": false }, "NumericLessThan": { "s3:TlsVersion": 1.2 } }
            },
            {
              "Effect": "Allow",
              "Principal": { "AWS": ["111122223333", "arn:aws:iam::444455556666:role/r"], "Service": "logging.s3.amazonaws.com" },
              "Action": "s3:PutObject",
              "Resource": "arn:aws:s3:::b/logs/*"
            }
          ]
        }
        """,
        """
        {
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
                    "StringLike": {"token.actions.githubusercontent.com:sub": ["repo:o/r:ref:refs/heads/main", "repo:o/r:environment:*"]}
                }
            }]
        }
        """,
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "RegionLock",
              "Effect": "Deny",
              "NotAction": ["iam:*", "organizations:*", "route53:*", "sts:*"],
              "Resource": "*",
              "Condition": {
                "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] },
                "ArnNotLike": { "aws:PrincipalARN": ["arn:aws:iam::*:role/Admin*"] }
              }
            }
          ]
        }
        """,
        """
        { "Statement": [ { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": [], "NotResource": [] } ], "Version": "2008-10-17" }
        """,
        """
        {
          "Version": "2012-10-17",
          "Statement": [{
            "Effect": "Allow",
            "Action": "ec2:RunInstances",
            "Resource": "arn:aws:ec2:*:*:instance/*",
            "Condition": {
              "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "cost-center"] },
              "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": "o-a1b2/*" },
              "Null": { "aws:RequestTag/team": "false" },
              "StringEqualsIfExists": { "ec2:InstanceType": "${aws:PrincipalTag/type, 't3.micro'}" },
              "DateGreaterThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
              "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] }
            }
          }]
        }
        """,
        "{\"Version\":\"2012-10-17\",\r\n\"Statement\":[\r\n{\"Sid\":\"\\u00dcber\\n\\\"quoted\\\"\\\\ \u00e9\U0001F600\",\"Effect\":\"Allow\",\r\n\"Action\":\"\\u0073qs:SendMessage\",\"Resource\":\"arn:aws:sqs:eu-central-1:111122223333:q-${*}-${$}{x}\"}]}",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*","Principal":{"AWS":"*","CanonicalUser":["79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"]},"Condition":{"BinaryEquals":{"key":"QmluYXJ5"},"NumericEquals":{"k":[-1.50e+3,0,7]},"stringlike":{"K":[]}}}]}
        """,
        """
        {"id":"c1","request":{"principal":"*","context":{"a":null,"b":[true,false,[1,[2,[3,{"c":{}}]]]]}},"identityPolicies":[]}
        """,
        "\uFEFF\t{ \"Version\" : \"2012-10-17\" ,\r\"Statement\" : [ ] }\r",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"arn:aws:iam::111122223333:user/u","Action":["a:b","a:c","a:d","a:e","a:f","a:g","a:h","a:i","a:j","a:k"],"Resource":["execute-api:/prod/*","a*"],"Condition":{"StringEquals":{"k1":"1","k2":"2","k3":"3","k4":"4","k5":"5","k6":"6","k7":"7","k8":"8","k9":"9","k10":"10"}}}]}
        """,
    ];
}
