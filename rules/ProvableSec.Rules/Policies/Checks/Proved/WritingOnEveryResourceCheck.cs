using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions that change something, on every resource.</summary>
internal sealed class WritingOnEveryResourceCheck() : EveryResourceCheck(
    new Rule(
        "PSEC2008",
        "Write or tagging access to every resource",
        RuleSeverity.Info,
        "The actions change resources or their tags, and the policy allows them on whatever there is and will be, although the service lets a policy name the resources.",
        "Name in Resource what the actions are needed for.",
        732),
    levels => (levels & (AccessLevels.Write | AccessLevels.Tagging)) != 0 && !levels.HasFlag(AccessLevels.PermissionsManagement));
