using System.Diagnostics.CodeAnalysis;

namespace ProvableSec.ServiceData;

/// <summary>An AWS service: its actions, resource types and condition keys. Names are looked up without regard to case.</summary>
public sealed class Service
{
    private readonly Dictionary<string, ServiceAction> actionsByName;
    private readonly Dictionary<string, ResourceType> resourceTypesByName;
    private readonly Dictionary<string, ConditionKeyInfo> conditionKeysByName;
    private readonly Lazy<ServiceAction[]> actionsInOrder;

    internal Service(
        string prefix,
        string name,
        IReadOnlyList<ServiceAction> actions,
        IReadOnlyList<ResourceType> resourceTypes,
        IReadOnlyList<ConditionKeyInfo> conditionKeys)
    {
        Prefix = prefix;
        Name = name;
        Actions = actions;
        ResourceTypes = resourceTypes;
        ConditionKeys = conditionKeys;
        actionsInOrder = new Lazy<ServiceAction[]>(() => [.. actions.OrderBy(action => action.Name, StringComparer.OrdinalIgnoreCase)]);
        actionsByName = actions.ToDictionary(action => action.Name, StringComparer.OrdinalIgnoreCase);
        resourceTypesByName = resourceTypes.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        conditionKeysByName = conditionKeys.ToDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The prefix of the service's actions, in lower case, e.g. <c>s3</c>.</summary>
    public string Prefix { get; }

    /// <summary>The name for people, e.g. <c>Amazon S3</c>.</summary>
    public string Name { get; }

    /// <summary>The actions, ordered by name. A few services have none.</summary>
    public IReadOnlyList<ServiceAction> Actions { get; }

    /// <summary>The resource types, ordered by name.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes { get; }

    /// <summary>
    /// The condition keys the service declares, ordered by name: its own, those of others it hands on, and the few global
    /// ones that AWS lists service by service.
    /// </summary>
    public IReadOnlyList<ConditionKeyInfo> ConditionKeys { get; }

    /// <summary>Finds an action by its name without prefix. Constant time.</summary>
    /// <param name="name">The name, e.g. <c>GetObject</c>; no pattern.</param>
    /// <param name="action">The action, or null.</param>
    public bool TryGetAction(string name, [NotNullWhen(true)] out ServiceAction? action) =>
        actionsByName.TryGetValue(name, out action);

    /// <summary>The actions whose names begin with a text, whatever its case. Logarithmic time for the first.</summary>
    /// <param name="beginning">What stands before the first wildcard of a pattern, e.g. <c>Describe</c>; may be empty.</param>
    /// <returns>Ordered by name, without regard to case.</returns>
    public IEnumerable<ServiceAction> ActionsBeginning(string beginning)
    {
        ServiceAction[] ordered = actionsInOrder.Value;
        int first = 0, behind = ordered.Length;
        while (first < behind)
        {
            int middle = (first + behind) / 2;
            (first, behind) = StringComparer.OrdinalIgnoreCase.Compare(ordered[middle].Name, beginning) < 0 ? (middle + 1, behind) : (first, middle);
        }

        for (; first < ordered.Length && ordered[first].Name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase); first++)
        {
            yield return ordered[first];
        }
    }

    /// <summary>Finds a resource type by its name. Constant time.</summary>
    /// <param name="name">The name, e.g. <c>bucket</c>.</param>
    /// <param name="resourceType">The resource type, or null.</param>
    public bool TryGetResourceType(string name, [NotNullWhen(true)] out ResourceType? resourceType) =>
        resourceTypesByName.TryGetValue(name, out resourceType);

    /// <summary>
    /// Finds a condition key by the name the service declares, so a templated key by its template only. For a key as a
    /// policy has it, see <see cref="ServiceCatalogue.FindKeyType"/>. Constant time.
    /// </summary>
    /// <param name="name">The name with its prefix, e.g. <c>s3:VersionId</c>.</param>
    /// <param name="conditionKey">The key, or the default value.</param>
    public bool TryGetConditionKey(string name, out ConditionKeyInfo conditionKey) =>
        conditionKeysByName.TryGetValue(name, out conditionKey);

    /// <inheritdoc/>
    public override string ToString() => Prefix;
}
