namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows the resources that it does not name.</summary>
internal sealed class AllowWithNotResourceCheck() : AllowWithNotCheck(
    new Rule(
        "PSEC2006",
        "Allow with NotResource",
        RuleSeverity.Info,
        "The statement allows its actions on every resource that it does not name, also on those that are made tomorrow.",
        "List in Resource what is needed; to forbid something, say Deny.",
        183),
    statement => statement.Resource);
