namespace ProvableSec.Analytics.Findings;

/// <summary>A finding of any source.</summary>
/// <param name="Key">The same wherever this finding comes from.</param>
/// <param name="Source">Who found it.</param>
/// <param name="Type">The rule or type.</param>
/// <param name="Title">What it says.</param>
/// <param name="Severity">CRITICAL, HIGH, MEDIUM, LOW or INFORMATIONAL.</param>
internal sealed record MergedFinding(string Key, string Source, string Type, string Title, string Severity)
{
    public string? Id { get; init; }

    /// <summary>Whose product found it; null when the source does not say.</summary>
    public string? Vendor { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    public string? ResourceType { get; init; }

    public string? Resource { get; init; }

    /// <summary>Where in a file.</summary>
    public string? Place { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary>Whether nobody is to look at it any more: archived, suppressed, resolved, passed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What was proved: <c>public access</c>, <c>administrator access</c>, <c>privilege escalation</c>, <c>claim violated</c>; null for
    /// nothing.</summary>
    public string? Reach { get; init; }

    /// <summary>The proof in a sentence.</summary>
    public string? Proof { get; init; }

    /// <summary>The phase of the kill chain.</summary>
    public string? Phase { get; init; }

    /// <summary>What a resource is called in every source: the bucket, role/name, user/name, the last part of any other ARN; null for what is not a resource of
    /// AWS.</summary>
    /// <param name="resource">An ARN or a name.</param>
    /// <param name="type">Its type, as the source calls it.</param>
    public static string? NameOf(string? resource, string? type)
    {
        if (string.IsNullOrEmpty(resource))
        {
            return null;
        }

        string[] parts = resource.Split(':', 6);
        if (parts.Length < 6 || parts[0] != "arn")
        {
            return type switch
            {
                "S3Bucket" or "AwsS3Bucket" => "bucket/" + resource,
                "Role" or "AssumedRole" => "role/" + resource,
                "IAMUser" => "user/" + resource,
                "Instance" => "instance/" + resource,
                _ => null,
            };
        }

        string tail = parts[5], last = tail[(tail.LastIndexOf('/') + 1)..];
        return (parts[2], tail) switch
        {
            ("s3", _) => "bucket/" + tail.Split('/')[0],
            ("iam", _) when tail.StartsWith("role/", StringComparison.Ordinal) => "role/" + last,
            ("iam", _) when tail.StartsWith("user/", StringComparison.Ordinal) => "user/" + last,
            ("sts", _) when tail.StartsWith("assumed-role/", StringComparison.Ordinal) => "role/" + tail.Split('/')[1],
            _ => tail,
        };
    }
}
