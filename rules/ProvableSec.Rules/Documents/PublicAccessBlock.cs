namespace ProvableSec.Rules.Documents;

/// <summary>
/// The switches of S3 that take public access away again, and what each does (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage").
/// Those of account, bucket and access point add up.
/// </summary>
[Flags]
internal enum PublicAccessBlock
{
    /// <summary>None is on.</summary>
    None = 0,

    /// <summary>S3 refuses to set a public ACL.</summary>
    Acls = 1,

    /// <summary>S3 ignores the public ACLs that are there.</summary>
    IgnoredAcls = 2,

    /// <summary>S3 refuses to set a public policy; one that is there stays.</summary>
    Policy = 4,

    /// <summary>Where the policy is public only the bucket's own account and services of AWS get access.</summary>
    Restricted = 8,
}
