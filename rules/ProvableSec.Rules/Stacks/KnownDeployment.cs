using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Stacks;

/// <summary>What somebody says of a deployment that its template or plan leaves open. Immutable.</summary>
/// <param name="Hints">How more can be said, for messages.</param>
internal sealed record KnownDeployment(DeploymentHints Hints)
{
    private const string OfAws = ":iam::aws:policy/", AccountId = "AWS::AccountId";

    /// <summary>Values of parameters, of pseudo parameters, and of what <c>Ref</c> and <c>Fn::GetAtt</c> give of resources (<c>Bucket</c>,
    /// <c>Bucket.Arn</c>).</summary>
    public ImmutableDictionary<string, string> Values { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which conditions are met.</summary>
    public ImmutableDictionary<string, bool> Conditions { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>Managed policies that the file names without having them, by <see cref="NameOfManaged"/>.</summary>
    public ImmutableDictionary<string, PolicyDocument> Managed { get; init; } = ImmutableDictionary<string, PolicyDocument>.Empty;

    /// <summary>The account; null where nobody says.</summary>
    public string? Account => Values.TryGetValue(AccountId, out string? account) ? account : null;

    /// <summary>The name of a managed policy without what stands before it in an ARN of AWS.</summary>
    public static string NameOfManaged(string arn) => arn.IndexOf(OfAws, StringComparison.Ordinal) is >= 0 and var at ? arn.Substring(at + OfAws.Length) : arn;

    /// <summary>The same in an account.</summary>
    public KnownDeployment InAccount(string account) => this with { Values = Values.SetItem(AccountId, account) };

    /// <summary>The same in a Region, which says the partition.</summary>
    public KnownDeployment InRegion(string region)
    {
        bool china = region.StartsWith("cn-", StringComparison.Ordinal);
        string partition = china ? "aws-cn" : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";
        return this with
        {
            Values = Values.SetItem("AWS::Region", region).SetItem("AWS::Partition", partition)
                .SetItem("AWS::URLSuffix", china ? "amazonaws.com.cn" : "amazonaws.com"),
        };
    }
}
