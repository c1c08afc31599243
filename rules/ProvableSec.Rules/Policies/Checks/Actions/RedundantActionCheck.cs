namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantActionCheck() : StatementCheck(new Rule(
    "PSEC3317",
    "Action that another one covers",
    RuleSeverity.Info,
    "The list says the same without it.",
    "Remove it; or, if only this action was meant, remove the wider one.",
    1041,
    "REDUNDANT_ACTION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Action is { } actions)
        {
            RedundantTexts.Report(actions.Items, foldCase: true, statement.Policy.Budget, findings);
        }
    }
}
