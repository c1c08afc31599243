using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions that change who has access, on every resource.</summary>
internal sealed class PermissionsOnEveryResourceCheck() : EveryResourceCheck(
    new Rule(
        "PSEC2007",
        "Permissions management access to every resource",
        RuleSeverity.Warning,
        "The actions change who has access, and the policy allows them on every present and future resource, although the service supports resource-level "
            + "permissions.",
        "List the resources that the actions are needed for in Resource.",
        732)
    {
        Reference = RuleReference.AccessLevels,
    },
    levels => levels.HasFlag(AccessLevels.PermissionsManagement));
