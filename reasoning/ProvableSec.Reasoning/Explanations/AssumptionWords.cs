using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>The assumptions of a proof in a few words each; <c>docs/world-model.md</c> says them in full.</summary>
internal static class AssumptionWords
{
    /// <summary>The name as words, for the end of a line.</summary>
    public static string Short(string name, Query query) => name == AssumptionName.AsOf ? "as of " + query.AsOf : name.Replace('-', ' ');

    /// <summary>The name, and what it says.</summary>
    public static string Of(string name, Query query) => $"{name} ({Says(name, query.AsOf)})";

    /// <summary>What it says, without its name; what is no assumption is words already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="asOf">The day before which no request is made.</param>
    public static string Says(string name, string asOf) => name switch
    {
        AssumptionName.LinkedKeys => "keys that follow from the caller, the resource or the organization",
        AssumptionName.Shapes => "accounts, ARNs and values look as AWS makes them",
        AssumptionName.Catalogue => "what the service data list for an action",
        AssumptionName.NoDirectGrants => "no resource policy grants the caller by itself",
        AssumptionName.NoResourceObstacle => "no resource policy denies, and none is required",
        AssumptionName.AsOf => $"no request is made before {asOf}",
        AssumptionName.FullAccessAttached => "FullAWSAccess is attached beside the SCP",
        AssumptionName.FullAccessDetached => "the SCP is the only one of its level",
        _ => name,
    };
}
