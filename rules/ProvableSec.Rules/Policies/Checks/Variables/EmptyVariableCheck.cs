namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_VARIABLE</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyVariableCheck() : StatementCheck(new Rule(
    "PSEC3054",
    "Variable without a name",
    RuleSeverity.Error,
    "${} stands for nothing; AWS rejects it.",
    "Write the key, such as ${aws:username}, or remove it.",
    1286,
    "EMPTY_VARIABLE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach ((CheckedText text, VariableText variable) in VariableTexts.Of(statement))
        {
            if (variable.IsClosed && variable.Name.Trim().Length == 0)
            {
                findings.Add(text, $"\"${{}}\" names no key in {text.Shown}");
            }
        }
    }
}
