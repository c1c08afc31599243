using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Canned ACLs of S3 for everybody, or for everybody with an account, which anyone may open (Amazon S3 User Guide, "Access control list (ACL) overview"): of
/// buckets, that their
/// objects are listed or written; of objects, that they are read.
/// </summary>
internal static class BucketAcls
{
    /// <summary>What an ACL opens; null for an ACL that opens nothing.</summary>
    /// <param name="set">Where it is set.</param>
    /// <param name="property">What is set to it.</param>
    /// <param name="acl">The ACL.</param>
    public static PolicyObjects? Of(ISimpleAssignmentOperation set, IPropertySymbol property, IOperation acl)
    {
        if (acl is not IFieldReferenceOperation { Field: { Name: var name, ContainingType.Name: "S3CannedACL" or "BucketAccessControl" } }
            || name.Replace("_", "").ToUpperInvariant() is not ("PUBLICREAD" or "PUBLICREADWRITE" or "AUTHENTICATEDREAD") || IsSaidOtherwise(set))
        {
            return null;
        }

        bool isBucket = property.ContainingType.Name is "BucketProps" or "PutBucketRequest" or "PutBucketAclRequest"
            || (property.ContainingType.Name == "PutACLRequest" && !IsSet(set, "Key"));
        var statement = new CodeStatement(set);
        statement.AddPrincipal("Principal", "*", new CodeItem(acl, "*"));
        statement.AddTo("Action", [new CodeItem(acl, isBucket ? "s3:ListBucket" : "s3:GetObject"),
            .. isBucket && name.EndsWith("rite", StringComparison.OrdinalIgnoreCase) ? [new CodeItem(acl, "s3:PutObject")] : (CodeItem[])[]]);
        statement.AddTo("Resource", [CodeItem.Unknown(acl)]);
        return CdkGrants.Of(set, [statement], new PolicyContext(PolicyType.Resource, "AWS::S3::Bucket")) with { Block = PublicAccessBlock.None };
    }

    /// <summary>Whether the same request switches ACLs off.</summary>
    private static bool IsSaidOtherwise(ISimpleAssignmentOperation set) => Siblings(set)
        .Any(other => CodeStatements.NameOf(other) == "ObjectOwnership"
            && CodeValues.Bare(other.Value) is IFieldReferenceOperation { Field.Name: "BucketOwnerEnforced" });

    private static bool IsSet(ISimpleAssignmentOperation set, string name) => Siblings(set).Any(other => CodeStatements.NameOf(other) == name);

    private static IEnumerable<ISimpleAssignmentOperation> Siblings(ISimpleAssignmentOperation set) =>
        set.Parent is IObjectOrCollectionInitializerOperation initializer ? initializer.Initializers.OfType<ISimpleAssignmentOperation>() : [];
}
