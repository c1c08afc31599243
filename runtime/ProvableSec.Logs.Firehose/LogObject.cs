namespace ProvableSec.Logs.Firehose;

/// <summary>An object in S3.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key, as it is.</param>
/// <param name="VersionId">Its version; null where the bucket keeps none.</param>
internal sealed record LogObject(string Bucket, string Key, string? VersionId)
{
    /// <inheritdoc/>
    public override string ToString() => $"s3://{Bucket}/{Key}";
}
