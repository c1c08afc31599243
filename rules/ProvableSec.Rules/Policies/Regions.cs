using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// The Regions and partitions of AWS (AWS General Reference, "AWS Regions"; IAM User Guide, "Amazon Resource Names"), as of 2026. AWS adds Regions, so a
/// code in the form of one is taken for one.
/// </summary>
internal static class Regions
{
    private static readonly HashSet<string> Partitions = new(StringComparer.Ordinal)
    {
        "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc",
    };

    private static readonly string[] Known =
    [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "af-south-1", "ap-east-1", "ap-east-2", "ap-south-1", "ap-south-2", "ap-southeast-1",
        "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ap-northeast-1", "ap-northeast-2",
        "ap-northeast-3", "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-south-1", "eu-south-2",
        "eu-north-1", "il-central-1", "me-south-1", "me-central-1", "mx-central-1", "sa-east-1", "cn-north-1", "cn-northwest-1", "us-gov-east-1",
        "us-gov-west-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-east-1", "us-isof-south-1",
            "eusc-de-east-1",
    ];

    private static readonly string[] Areas = ["us", "us-gov", "us-iso", "us-isob", "us-isof", "eu", "eu-isoe", "eusc-de", "ap", "ca", "cn", "sa", "mx", "me",
        "af", "il"];

    private static readonly string[] Directions = ["north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"];

    public static bool IsPartition(string partition) => Partitions.Contains(partition);

    /// <summary>True for a code in the form of a Region, as every one that is known has: an area that AWS has, a direction, a digit.</summary>
    public static bool MayExist(string region)
    {
        int last = region.LastIndexOf('-');
        int middle = last > 0 ? region.LastIndexOf('-', last - 1) : -1;
        return middle > 0 && last == region.Length - 2 && region[last + 1] is >= '1' and <= '9'
            && Array.IndexOf(Areas, region.Substring(0, middle)) >= 0 && Array.IndexOf(Directions, region.Substring(middle + 1, last - middle - 1)) >= 0;
    }

    /// <summary>The partition of a Region by the beginning of its code; null for what is not a Region.</summary>
    public static string? PartitionOf(string region) => !MayExist(region) ? null : region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "aws-iso",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "aws-iso-b",
        _ when region.StartsWith("eu-isoe-", StringComparison.Ordinal) => "aws-iso-e",
        _ when region.StartsWith("us-isof-", StringComparison.Ordinal) => "aws-iso-f",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
        _ => "aws",
    };

    /// <summary>The Region that was probably meant, as the end of a message.</summary>
    public static string Suggestion(string region) => Spelling.Nearest(region, Known) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
}
