using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Infrastructure
{
    /// <summary>Five buckets that anybody may read, each said in another way.</summary>
    internal sealed class DownloadsStack : Stack
    {
        public DownloadsStack(Construct scope, string id)
            : base(scope, id)
        {
            _ = new Bucket(this, "Manuals", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS, PublicReadAccess = true });

            var images = new Bucket(this, "Images", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS });
            images.GrantPublicAccess();

            var reports = new Bucket(this, "Reports", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS });
            reports.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
            {
                Principals = [new AnyPrincipal()],
                Actions = ["s3:GetObject"],
                Resources = [reports.ArnForObjects("*")],
            }));

            var archive = new Bucket(this, "Archive", new BucketProps { BlockPublicAccess = BlockPublicAccess.BLOCK_ACLS });
            var reading = new PolicyStatement();
            reading.AddPrincipals(new StarPrincipal());
            reading.AddActions("s3:GetObject");
            reading.AddResources($"{archive.BucketArn}/*");
            archive.AddToResourcePolicy(reading);

            var backups = new CfnBucket(this, "Backups");
            _ = new CfnBucketPolicy(this, "BackupsPolicy", new CfnBucketPolicyProps
            {
                Bucket = backups.Ref,
                PolicyDocument = new Dictionary<string, object>
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = new[]
                    {
                        new Dictionary<string, object>
                        {
                            ["Effect"] = "Allow",
                            ["Principal"] = "*",
                            ["Action"] = "s3:GetObject",
                            ["Resource"] = backups.AttrArn + "/*",
                        },
                    },
                },
            });
        }
    }
}
