namespace ProvableSec.ServiceData;

/// <summary>A resource type as an action uses it.</summary>
public sealed class ResourceTypeReference
{
    internal ResourceTypeReference(ResourceType resourceType, bool required, IReadOnlyList<ConditionKeyInfo> conditionKeys)
    {
        ResourceType = resourceType;
        Required = required;
        ConditionKeys = conditionKeys;
    }

    /// <summary>The type.</summary>
    public ResourceType ResourceType { get; }

    /// <summary>
    /// Whether a call of the action always names a resource of this type. If none of an action's types is required, a
    /// call names one or more of them: <c>s3:GetObject</c> names an <c>object</c> or an <c>accesspointobject</c>.
    /// </summary>
    public bool Required { get; }

    /// <summary>Condition keys the request carries only together with this type, beyond those of the type itself.</summary>
    public IReadOnlyList<ConditionKeyInfo> ConditionKeys { get; }

    /// <inheritdoc/>
    public override string ToString() => Required ? ResourceType.Name + "*" : ResourceType.Name;
}
