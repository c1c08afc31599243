namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class MissingActionCheck() : StatementCheck(new Rule(
    "PSEC3028",
    "No Action",
    RuleSeverity.Error,
    "A statement is about actions; AWS rejects one without Action and NotAction.",
    "Add an Action element.",
    1286,
    "MISSING_ACTION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Action is null)
        {
            findings.Add(statement.Element, "the statement has neither Action nor NotAction");
        }
    }
}
