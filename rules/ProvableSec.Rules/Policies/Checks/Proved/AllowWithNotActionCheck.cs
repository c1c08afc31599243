namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows the actions that it does not name.</summary>
internal sealed class AllowWithNotActionCheck() : AllowWithNotCheck(
    new Rule(
        "PSEC2005",
        "Allow with NotAction",
        RuleSeverity.Info,
        "The statement allows every action that it does not list, including actions of services that AWS has yet to launch.",
        "List the actions that are needed in Action; to forbid something, use Deny.",
        183)
    {
        Reference = RuleReference.InIam("IAM JSON policy elements: NotAction", "reference_policies_elements_notaction"),
    },
    statement => statement.Action);
