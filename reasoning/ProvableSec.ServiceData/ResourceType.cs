namespace ProvableSec.ServiceData;

/// <summary>A type of resource that a service defines, e.g. <c>bucket</c> of <c>s3</c>.</summary>
public sealed class ResourceType
{
    internal ResourceType(string name, IReadOnlyList<string> arnFormats, IReadOnlyList<ConditionKeyInfo> conditionKeys)
    {
        Name = name;
        ArnFormats = arnFormats;
        ConditionKeys = conditionKeys;
    }

    /// <summary>The name; it means something within its service only and may hold a space (<c>bot alias</c> of <c>lex</c>).</summary>
    public string Name { get; }

    /// <summary>
    /// The formats of the ARNs of such resources, e.g. <c>arn:${Partition}:s3:::${BucketName}</c>. At least one; a
    /// <c>${…}</c> stands for what differs from resource to resource.
    /// </summary>
    public IReadOnlyList<string> ArnFormats { get; }

    /// <summary>The condition keys that describe such a resource in a request, e.g. its tags.</summary>
    public IReadOnlyList<ConditionKeyInfo> ConditionKeys { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
