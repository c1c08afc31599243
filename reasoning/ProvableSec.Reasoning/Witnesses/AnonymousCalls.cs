
namespace ProvableSec.Reasoning.Witnesses;

/// <summary>
/// Services that answer requests without a signature when a resource policy lets everybody in. For others AWS's documentation shows none, so a reader is
/// shown a caller of another account; no proof rests on this list.
/// </summary>
/// <remarks>
/// Amazon S3 User Guide, "Blocking public access"; Amazon SQS and SNS Developer Guides, "Overview of managing access"; OpenSearch Service Developer Guide,
/// "Identity and Access Management" (open access); AWS Lambda Developer Guide, "Control access to Lambda function URLs" (auth type NONE); API Gateway
/// Developer Guide, "How API Gateway resource policies affect authorization workflow"; Amazon EFS User Guide, "Working with public access" (NFS clients);
/// VPC Lattice User Guide, "Manage access to services" (auth type NONE); AWS Elemental MediaStore User Guide, "Container policies".
/// </remarks>
internal static class AnonymousCalls
{
    private static readonly string[] Services = ["s3", "sqs", "sns", "es", "execute-api", "elasticfilesystem", "vpc-lattice-svcs", "mediastore"];

    /// <summary>True when anonymous requests for the action are known to exist.</summary>
    /// <param name="action">An action with its prefix.</param>
    public static bool Exist(string action)
    {
        int colon = action.IndexOf(':');
        return colon > 0 && (Array.Exists(Services, service => action.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase))
            || action.StartsWith("lambda:InvokeFunction", StringComparison.OrdinalIgnoreCase));
    }
}
