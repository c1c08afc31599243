using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions that change who has access, on every resource.</summary>
internal sealed class PermissionsOnEveryResourceCheck() : EveryResourceCheck(
    new Rule(
        "PSEC2007",
        "Permissions management access to every resource",
        RuleSeverity.Warning,
        "The actions change who has access, and the policy allows them on whatever there is and will be, although the service lets a policy name the resources.",
        "Name in Resource what the actions are needed for.",
        732),
    levels => levels.HasFlag(AccessLevels.PermissionsManagement));
