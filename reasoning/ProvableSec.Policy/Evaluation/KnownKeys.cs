namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// Condition keys of which the evaluator knows when they are sent (IAM User Guide, "Global condition context keys"), and services' own names for them.
/// </summary>
internal enum KnownKey
{
    None,
    PrincipalArn,
    PrincipalAccount,
    PrincipalType,
    UserId,
    UserName,
    PrincipalIsAwsService,
    PrincipalServiceName,
    PrincipalServiceNamesList,
    PrincipalOrgId,
    PrincipalOrgPaths,
    ResourceAccount,
    ResourceOrgId,
    ResourceOrgPaths,
    TagKeys,
    SecureTransport,
    CurrentTime,
    EpochTime,
    RequestedRegion,
    UserAgent,
    ViaAwsService,
    SourceIp,
    TokenIssueTime,
    MultiFactorAuthPresent,
    CalledVia,
    SourceOrgPaths,
    SourceVpc,
    SourceVpce,
    VpcSourceIp,
    VpceOrgPaths,
    CalledViaFirst,
    CalledViaLast,
    MultiFactorAuthAge,
    S3ResourceAccount,
    KmsCallerAccount,
}

/// <summary>The names of the known keys.</summary>
internal static class KnownKeys
{
    // In the order of the enumeration.
    private static readonly string[] Names =
    [
        "",
        "aws:PrincipalArn",
        "aws:PrincipalAccount",
        "aws:PrincipalType",
        "aws:userid",
        "aws:username",
        "aws:PrincipalIsAWSService",
        "aws:PrincipalServiceName",
        "aws:PrincipalServiceNamesList",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "aws:ResourceOrgPaths",
        "aws:TagKeys",
        "aws:SecureTransport",
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:RequestedRegion",
        "aws:UserAgent",
        "aws:ViaAWSService",
        "aws:SourceIp",
        "aws:TokenIssueTime",
        "aws:MultiFactorAuthPresent",
        "aws:CalledVia",
        "aws:SourceOrgPaths",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "aws:VpcSourceIp",
        "aws:VpceOrgPaths",
        "aws:CalledViaFirst",
        "aws:CalledViaLast",
        "aws:MultiFactorAuthAge",
        "s3:ResourceAccount",
        "kms:CallerAccount",
    ];

    private static readonly string[] FoldedNames = [.. Names.Select(name => name.ToLowerInvariant())];

    // By length and last letter few names are alike.
    private const int Letters = 32;

    private static readonly int Longest = Names.Max(name => name.Length);
    private static readonly KnownKey[][] Alike = GroupAlike();

    /// <summary>How many there are, with none.</summary>
    public static int Count => Names.Length;

    public static string NameOf(KnownKey key) => Names[(int)key];

    /// <summary>The key of a name, however it is capitalised.</summary>
    public static KnownKey Find(string name)
    {
        if (name.Length > 4 && name.Length <= Longest && (name[3] == ':' || name[2] == ':'))
        {
            foreach (KnownKey key in Alike[Group(name)])
            {
                if (CaseFold.Equal(FoldedNames[(int)key].AsSpan(), name.AsSpan()))
                {
                    return key;
                }
            }
        }

        return KnownKey.None;
    }

    /// <summary>Keys that hold a set, so that they cannot be variables even when the set has one value.</summary>
    public static bool IsMultivalued(KnownKey key) => key
        is KnownKey.PrincipalServiceNamesList or KnownKey.PrincipalOrgPaths or KnownKey.ResourceOrgPaths or KnownKey.TagKeys
        or KnownKey.CalledVia or KnownKey.SourceOrgPaths or KnownKey.VpceOrgPaths;

    private static int Group(string name) => (name.Length * Letters) + (CaseFold.Of(name[name.Length - 1]) % Letters);

    private static KnownKey[][] GroupAlike()
    {
        var groups = new List<KnownKey>[(Longest + 1) * Letters];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = [];
        }

        for (int i = 1; i < Names.Length; i++)
        {
            groups[Group(Names[i])].Add((KnownKey)i);
        }

        return groups.Select(group => group.ToArray()).ToArray();
    }
}
