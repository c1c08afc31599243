using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions that change something, on every resource.</summary>
internal sealed class WritingOnEveryResourceCheck() : EveryResourceCheck(
    new Rule(
        "PSEC2008",
        "Write or tagging access to every resource",
        RuleSeverity.Info,
        "The actions change resources or their tags, and the policy allows them on every present and future resource, although the service supports "
            + "resource-level permissions.",
        "List the resources that the actions are needed for in Resource.",
        732)
    {
        Reference = RuleReference.AccessLevels,
    },
    levels => (levels & (AccessLevels.Write | AccessLevels.Tagging)) != 0 && !levels.HasFlag(AccessLevels.PermissionsManagement));
