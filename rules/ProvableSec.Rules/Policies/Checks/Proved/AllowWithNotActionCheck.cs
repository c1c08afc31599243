namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows the actions that it does not name.</summary>
internal sealed class AllowWithNotActionCheck() : AllowWithNotCheck(
    new Rule(
        "PSEC2005",
        "Allow with NotAction",
        RuleSeverity.Info,
        "The statement allows every action that it does not name, those of services that AWS has yet to launch among them.",
        "List in Action what is needed; to forbid something, say Deny.",
        183),
    statement => statement.Action);
