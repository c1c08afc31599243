
namespace ProvableSec.Reasoning.Witnesses;

/// <summary>
/// The actions that a reader thinks of first when a service is named: what its resources are there for. A witness shows one of them where it can, rather
/// than the first of the alphabet. No verdict depends on them.
/// </summary>
internal static class ExpectedActions
{
    private static readonly Dictionary<string, string[]> ByService = new(StringComparer.OrdinalIgnoreCase)
    {
        ["backup"] = ["StartRestoreJob"],
        ["cloudformation"] = ["CreateStack"],
        ["codeartifact"] = ["ReadFromRepository"],
        ["dynamodb"] = ["GetItem", "PutItem", "Query"],
        ["ec2"] = ["RunInstances", "DescribeInstances", "TerminateInstances"],
        ["ecr"] = ["BatchGetImage", "PutImage"],
        ["elasticfilesystem"] = ["ClientMount"],
        ["es"] = ["ESHttpGet", "ESHttpPost"],
        ["events"] = ["PutEvents"],
        ["execute-api"] = ["Invoke"],
        ["glacier"] = ["InitiateJob"],
        ["iam"] = ["GetRole", "CreateUser", "CreateAccessKey", "PutRolePolicy"],
        ["kinesis"] = ["GetRecords", "PutRecord"],
        ["kms"] = ["Decrypt", "Encrypt", "ScheduleKeyDeletion"],
        ["lambda"] = ["InvokeFunction", "GetFunction", "UpdateFunctionCode"],
        ["logs"] = ["GetLogEvents", "PutLogEvents"],
        ["organizations"] = ["DescribeOrganization"],
        ["s3"] = ["GetObject", "PutObject", "DeleteObject", "ListBucket", "PutBucketPolicy"],
        ["secretsmanager"] = ["GetSecretValue", "PutSecretValue"],
        ["sns"] = ["Publish", "Subscribe"],
        ["sqs"] = ["SendMessage", "ReceiveMessage", "PurgeQueue"],
        ["ssm"] = ["GetParameter", "PutParameter"],
        ["vpc-lattice-svcs"] = ["Invoke"],
    };

    /// <summary>Those of the action's service, with their prefixes, the best known first; none when the action is one of them or the service is not
    /// listed.</summary>
    public static IEnumerable<string> InPlaceOf(string action)
    {
        int colon = action.IndexOf(':');
        return colon > 0 && ByService.TryGetValue(action.Substring(0, colon), out string[]? names)
            && Array.FindIndex(names, name => name.Equals(action.Substring(colon + 1), StringComparison.OrdinalIgnoreCase)) < 0
            ? names.Select(name => action.Substring(0, colon).ToLowerInvariant() + ":" + name)
            : [];
    }
}
