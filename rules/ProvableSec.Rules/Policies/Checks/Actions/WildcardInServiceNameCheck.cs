namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>WILDCARD_IN_SERVICE_NAME</c> of IAM Access Analyzer.</summary>
internal sealed class WildcardInServiceNameCheck() : ActionCheck(new Rule(
    "PSEC3321",
    "Wildcard in the service of an action",
    RuleSeverity.Info,
    "The pattern matches present services and others that AWS will add.",
    "Write a statement's actions service by service.",
    1286,
    "WILDCARD_IN_SERVICE_NAME"))
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        if (ActionNames.TrySplit(action.Text, out string prefix, out _) && (prefix.IndexOf('*') >= 0 || prefix.IndexOf('?') >= 0))
        {
            findings.Add(action, $"{action.Shown} has a wildcard in the name of the service");
        }
    }
}
