namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantResourceCheck() : StatementCheck(new Rule(
    "PSEC3319",
    "Resource that another one covers",
    RuleSeverity.Info,
    "The list says the same without it.",
    "Remove it; or, if only this resource was meant, remove the wider one.",
    1041,
    "REDUNDANT_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Resource is { } resources)
        {
            // In Resource a star spans whatever follows, so that covering is covering of texts; an inner one stays in its field.
            RedundantTexts.Report(resources.Items, foldCase: false, statement.Policy.Budget, findings);
        }
    }
}
