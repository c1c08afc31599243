namespace ProvableSec.Reasoning.Questions;

/// <summary>The names of the assumptions about which requests AWS can send, as questions and answers have them.</summary>
internal static class AssumptionName
{
    /// <summary>Keys that follow from other parts of the request.</summary>
    public const string LinkedKeys = "linked-keys";

    /// <summary>How values look.</summary>
    public const string Shapes = "shapes";

    /// <summary>What the service data list.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>A resource policy that is not given grants nobody by itself.</summary>
    public const string NoDirectGrants = "no-direct-grants";

    /// <summary>A resource policy that is not given does not stand in the way.</summary>
    public const string NoResourceObstacle = "no-resource-obstacle";

    /// <summary>The time of requests.</summary>
    public const string AsOf = "as-of";

    /// <summary>What stands beside a lone service control policy.</summary>
    public const string FullAccessAttached = "full-access-attached", FullAccessDetached = "full-access-detached";

    /// <summary>All, in the order in which answers list them.</summary>
    public static IReadOnlyList<string> All { get; } = [LinkedKeys, Shapes, Catalogue, NoDirectGrants, NoResourceObstacle, AsOf, FullAccessAttached,
        FullAccessDetached];
}
