namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A statement that allows the resources that it does not name.</summary>
internal sealed class AllowWithNotResourceCheck() : AllowWithNotCheck(
    new Rule(
        "PSEC2006",
        "Allow with NotResource",
        RuleSeverity.Info,
        "The statement allows its actions on every resource that it does not list, including resources that are created later.",
        "List the resources that are needed in Resource; to forbid something, use Deny.",
        183)
    {
        Reference = RuleReference.InIam("IAM JSON policy elements: NotResource", "reference_policies_elements_notresource"),
    },
    statement => statement.Resource);
