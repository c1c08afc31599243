using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>The assumptions of a proof in a few words each; <c>docs/world-model.md</c> says them in full.</summary>
internal static class AssumptionWords
{
    /// <summary>The name as words, for the end of a line.</summary>
    public static string Short(string name, Query query) => name == "as-of" ? "as of " + query.AsOf : name.Replace('-', ' ');

    /// <summary>The name, and what it says.</summary>
    public static string Of(string name, Query query) => name + name switch
    {
        "linked-keys" => " (keys that follow from the caller, the resource or the organization)",
        "shapes" => " (accounts, ARNs and values look as AWS makes them)",
        "catalogue" => " (what the service data list for an action)",
        "no-direct-grants" => " (no resource policy grants the caller by itself)",
        "no-resource-obstacle" => " (no resource policy denies, and none is required)",
        "as-of" => $" (no request is made before {query.AsOf})",
        "full-access-attached" => " (FullAWSAccess is attached beside the SCP)",
        "full-access-detached" => " (the SCP is the only one of its level)",
        _ => "",
    };
}
