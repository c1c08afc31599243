namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_BRACE_IN_VARIABLE</c> of IAM Access Analyzer.</summary>
internal sealed class MissingBraceInVariableCheck() : StatementCheck(new Rule(
    "PSEC3051",
    "Variable that is never closed",
    RuleSeverity.Error,
    "A ${ without its } begins no variable, so the text is compared as it stands.",
    "Add the closing brace.",
    1286,
    "MISSING_BRACE_IN_VARIABLE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach ((CheckedText text, VariableText variable) in VariableTexts.Of(statement))
        {
            if (!variable.IsClosed)
            {
                findings.Add(text, $"\"${{\" is never closed in {text.Shown}");
            }
        }
    }
}
