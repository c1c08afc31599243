namespace ProvableSec.ServiceData;

/// <summary>An action of a service as the service authorization reference describes it.</summary>
public sealed class ServiceAction
{
    internal ServiceAction(
        string servicePrefix,
        string name,
        AccessLevels accessLevels,
        bool isPermissionOnly,
        IReadOnlyList<ResourceTypeReference> resourceTypes,
        IReadOnlyList<ConditionKeyInfo> conditionKeys,
        IReadOnlyList<string> dependentActions)
    {
        ServicePrefix = servicePrefix;
        Name = name;
        AccessLevels = accessLevels;
        IsPermissionOnly = isPermissionOnly;
        ResourceTypes = resourceTypes;
        ConditionKeys = conditionKeys;
        DependentActions = dependentActions;
    }

    /// <summary>The prefix of the action's service, e.g. <c>s3</c>.</summary>
    public string ServicePrefix { get; }

    /// <summary>The name without the prefix, e.g. <c>GetObject</c>.</summary>
    public string Name { get; }

    /// <summary>Prefix and name as a policy writes them, e.g. <c>s3:GetObject</c>.</summary>
    public string FullName => ServicePrefix + ":" + Name;

    /// <summary>What the action does. Never <see cref="AccessLevels.None"/>.</summary>
    public AccessLevels AccessLevels { get; }

    /// <summary>
    /// The types of resource the action works on. If there are none, <c>Resource</c> in the request is <c>*</c>, and only
    /// a policy that covers <c>*</c> covers the action. A few actions (<c>ec2:RunInstances</c>) demand different types in
    /// different scenarios; the catalogue has the one list that AWS gives before the scenarios.
    /// </summary>
    public IReadOnlyList<ResourceTypeReference> ResourceTypes { get; }

    /// <summary>
    /// The condition keys of the action itself. A request may also carry those of its resource types (see
    /// <see cref="ResourceTypeReference.ConditionKeys"/> and <see cref="ResourceType.ConditionKeys"/>) and global keys,
    /// which AWS lists here only in part.
    /// </summary>
    public IReadOnlyList<ConditionKeyInfo> ConditionKeys { get; }

    /// <summary>
    /// Further actions a caller needs for a call to succeed, with their prefixes, e.g. <c>iam:PassRole</c>. The source of
    /// the embedded data names none for any action (see <see cref="ServiceCatalogue.Source"/>), so conclude nothing from an
    /// empty list.
    /// </summary>
    public IReadOnlyList<string> DependentActions { get; }

    /// <summary>
    /// Whether the source marks the action as one that only grants something and that nobody can call. The source of the
    /// embedded data marks none (see <see cref="ServiceCatalogue.Source"/>), so conclude nothing from <c>false</c>.
    /// </summary>
    public bool IsPermissionOnly { get; }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
