using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Partitions, accounts and names are such as there are (IAM User Guide, "IAM and AWS STS quotas", "IAM identifiers"; AWS General Reference, "Amazon
/// Resource Names").</summary>
internal static partial class NameRules
{
    private static readonly HashSet<string> Partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

    private static readonly string[] AccountKeys = ["aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount", "aws:sourceowner", "aws:vpceaccount",
        "kms:calleraccount", "s3:resourceaccount", "s3:dataaccesspointaccount"];

    /// <summary>Keys whose values are always ARNs, whatever type the service data give them.</summary>
    private static readonly string[] ArnKeys = ["aws:principalarn", "aws:sourcearn", "aws:sourcevpcarn", "aws:signinsessionarn", "aws:chatbotsourcearn",
        "ec2:sourceinstancearn", "ssm:sourceinstancearn", "lambda:sourcefunctionarn", "codebuild:buildarn", "codebuild:projectarn", "s3:dataaccesspointarn",
        "iam:permissionsboundary"];

    public static IEnumerable<string> Violations(SentRequest request)
    {
        var partitions = new SortedSet<string>(StringComparer.Ordinal);
        if (request.Caller.Name.StartsWith("arn:", StringComparison.Ordinal))
        {
            partitions.Add(request.Caller.Partition);
            if (!SentRequest.IsAccount(request.Caller.Account))
            {
                yield return "the caller's account is not 12 digits";
            }
        }

        if (!Action.IsMatch(request.Action))
        {
            yield return "the action is not service:Name";
        }

        if (request.ResourceArn is { } arn)
        {
            partitions.Add(arn[1]);
            if (arn[2].Length == 0 || arn[5].Length == 0 || !Field.IsMatch(arn[2]) || !Region.IsMatch(arn[3]))
            {
                yield return "the resource is not an ARN of six fields";
            }

            // AWS's own resources name no account, or a word instead.
            if (!SentRequest.IsAccount(arn[4]) && arn[4] is not ("" or "aws" or "amazon"))
            {
                yield return "the resource's account is not 12 digits";
            }
        }
        else if (request.Resource != "*")
        {
            yield return "the resource is neither * nor an ARN of six fields";
        }

        if (request.GivenOwner is { } owner && !SentRequest.IsAccount(owner))
        {
            yield return "the resource's account is not 12 digits";
        }

        foreach (string key in AccountKeys)
        {
            if (request.Of(key) is [var account] && !SentRequest.IsAccount(account)
                && !(account == "anonymous" && request.Caller.Kind == PrincipalKind.Anonymous && key is "aws:principalaccount" or "kms:calleraccount"))
            {
                yield return $"{key} is not 12 digits";
            }
        }

        foreach (string key in request.Keys())
        {
            bool isArn = ServiceCatalogue.Default.FindKeyType(key)?.Type == ConditionKeyType.Arn || ArnKeys.Contains(key);
            foreach (string value in isArn || key == "aws:federatedprovider" ? request.Of(key)! : [])
            {
                if (SentRequest.Arn(value) is { } fields)
                {
                    partitions.Add(fields[1]);
                }
                else if (isArn)
                {
                    yield return $"{key} is not an ARN";
                }
            }
        }

        foreach (string partition in partitions.Where(p => !Partitions.Contains(p)))
        {
            yield return $"there is no partition {partition}";
        }

        if (partitions.Count > 1)
        {
            yield return $"caller, resource and keys are not in one partition: {string.Join(", ", partitions)}";
        }

        if (!IsName(request.Caller))
        {
            yield return "IAM does not allow the caller's name";
        }
    }

    /// <summary>Whether a caller's name is made of the characters that IAM allows.</summary>
    private static bool IsName(CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.User or PrincipalKind.Role => IsPathAndName(caller.Path),
        PrincipalKind.AssumedRole => IsOneName(caller.Path) && IsOneName(caller.Session),
        PrincipalKind.FederatedUser => IsOneName(caller.Path),
        PrincipalKind.Service => Host.IsMatch(caller.Name),
        PrincipalKind.Federated => caller.Account.Length > 0 ? IsPathAndName(caller.Path[(caller.Path.IndexOf('/', StringComparison.Ordinal) + 1)..])
            : Host.IsMatch(caller.Name),
        _ => true,
    };

    /// <summary>Whether a text is a name with a path of printable ASCII before it, or without.</summary>
    public static bool IsPathAndName(string text) => text.Split('/') is var parts && IsOneName(parts[^1]) && text.Length <= 512
        && text.All(c => c is > ' ' and <= '~');

    /// <summary>Whether a text is a name of letters, digits and the signs that IAM allows.</summary>
    public static bool IsOneName(string text) => text.Length is > 0 and <= 64 && Name.IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]+\z")]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+\z")]
    private static partial Regex Action { get; }

    [GeneratedRegex(@"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z")]
    private static partial Regex Host { get; }

    [GeneratedRegex(@"^[a-z0-9-]+\z")]
    private static partial Regex Field { get; }

    [GeneratedRegex(@"^[a-z0-9-]*\z")]
    private static partial Regex Region { get; }
}
