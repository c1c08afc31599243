using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Policies;

/// <summary>What buckets of the CDK say about public access (AWS CDK API Reference, "BucketProps"; Amazon S3 User Guide, "Controlling ownership of
/// objects").</summary>
internal static class CdkBuckets
{
    private const PublicAccessBlock Acls = PublicAccessBlock.Acls | PublicAccessBlock.IgnoredAcls;

    /// <summary>What blocks public access by a statement that is added to the policy of a bucket; nothing where the bucket is not known.</summary>
    public static PublicAccessBlock BlockOn(IOperation policy)
    {
        foreach (IOperation use in CodeStatements.LocalOf(policy) is { } local ? PolicyUses.Of(local) : [policy])
        {
            IOperation? parent = use.Parent;
            while (parent is IConversionOperation or IArgumentOperation)
            {
                parent = parent.Parent;
            }

            if (parent is IInvocationOperation { TargetMethod.Name: "AddToResourcePolicy", Instance: { } bucket })
            {
                return BlockOf(bucket);
            }
        }

        return PublicAccessBlock.None;
    }

    /// <summary>What blocks public access to a bucket, where the code makes it in the same block.</summary>
    public static PublicAccessBlock BlockOf(IOperation? bucket) =>
        bucket is not null && (GrownValues.FirstOf(CodeValues.Bare(bucket)) ?? CodeValues.Bare(bucket)) is IObjectCreationOperation
        {
            Type.Name: "Bucket",
            Arguments: [_, _, { Value: var props }]
        } && PropertiesOf(props) is { } initializer
            ? BlockOf(initializer) : PublicAccessBlock.None;

    /// <summary>What blocks public access to a bucket with these properties; nothing where that is not known.</summary>
    public static PublicAccessBlock BlockOf(IObjectOrCollectionInitializerOperation properties)
    {
        switch (ValueOf(properties, "BlockPublicAccess"))
        {
            case IMemberReferenceOperation { Member.Name: "BLOCK_ALL" }:
                return Acls | PublicAccessBlock.Policy | PublicAccessBlock.Restricted;
            case IMemberReferenceOperation { Member.Name: "BLOCK_ACLS" or "BLOCK_ACLS_ONLY" }:
                return Acls;
            case IObjectCreationOperation { Type.Name: "BlockPublicAccess", Arguments: [{ Value: var options }] } when PropertiesOf(options) is { } switches:
                return Switch("BlockPublicAcls", PublicAccessBlock.Acls) | Switch("IgnorePublicAcls", PublicAccessBlock.IgnoredAcls)
                    | Switch("BlockPublicPolicy", PublicAccessBlock.Policy) | Switch("RestrictPublicBuckets", PublicAccessBlock.Restricted);

                PublicAccessBlock Switch(string name, PublicAccessBlock block) => ValueOf(switches, name) is { ConstantValue: { HasValue: true, Value: true } }
                    ? block : PublicAccessBlock.None;
            default:
                return PublicAccessBlock.None;
        }
    }

    /// <summary>
    /// Whether a canned ACL counts on a bucket with these properties. As for templates: for buckets made since April 2023 ACLs must be on, which the CDK sees
    /// to where an ACL is
    /// given and no ownership, and that nothing takes public ones away must be said.
    /// </summary>
    public static bool HasPublicAcls(IObjectOrCollectionInitializerOperation properties)
    {
        return ValueOf(properties, "ObjectOwnership") is null or IFieldReferenceOperation { Field.Name: "OBJECT_WRITER" or "BUCKET_OWNER_PREFERRED" }
        && ValueOf(properties, "BlockPublicAccess") is IObjectCreationOperation { Type.Name: "BlockPublicAccess", Arguments: [{ Value: var options }] }
        && KnownValues.Of(CodeValues.Bare(options)) is IObjectCreationOperation { Initializer: var switches }
        && (switches is null || (IsOff("BlockPublicAcls") && IsOff("IgnorePublicAcls")));

        bool IsOff(string name) => ValueOf(switches!, name) is null or { ConstantValue: { HasValue: true, Value: false } };
    }

    private static IObjectOrCollectionInitializerOperation? PropertiesOf(IOperation value) =>
        (KnownValues.Of(CodeValues.Bare(value)) as IObjectCreationOperation)?.Initializer;

    private static IOperation? ValueOf(IObjectOrCollectionInitializerOperation properties, string name) =>
        properties.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(set => CodeStatements.NameOf(set) == name) is { Value: var value }
            ? KnownValues.Of(CodeValues.Bare(value)) : null;
}
