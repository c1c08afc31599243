namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_SPACE_IN_VARIABLE</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedSpaceInVariableCheck() : StatementCheck(new Rule(
    "PSEC3053",
    "Space in the name of a variable",
    RuleSeverity.Error,
    "A key has no spaces; AWS rejects the variable.",
    "Remove the space.",
    1286,
    "UNSUPPORTED_SPACE_IN_VARIABLE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach ((CheckedText text, VariableText variable) in VariableTexts.Of(statement))
        {
            if (variable.IsClosed && variable.Name.Trim().Length > 0 && variable.Name.IndexOf(' ') >= 0 && variable.Name.IndexOf('/') < 0)
            {
                findings.Add(text, $"the name of a variable has a space in {text.Shown}");
            }
        }
    }
}
