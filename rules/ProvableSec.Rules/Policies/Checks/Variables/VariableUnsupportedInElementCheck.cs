namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>VARIABLE_UNSUPPORTED_IN_ELEMENT</c> of IAM Access Analyzer.</summary>
internal sealed class VariableUnsupportedInElementCheck() : StatementCheck(new Rule(
    "PSEC3055",
    "Variable where variables are not supported",
    RuleSeverity.Error,
    "Variables are replaced in Resource and in Condition values only.",
    "Write the text out; a Condition can compare with the variable.",
    1286,
    "VARIABLE_UNSUPPORTED_IN_ELEMENT"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedText text in (statement.Action?.Items ?? []).Concat((statement.Principal?.Entries ?? []).Select(entry => entry.Value)))
        {
            if (VariableTexts.In(text.Text).Any())
            {
                findings.Add(text, $"no variable is replaced here, so {text.Shown} is literal text");
            }
        }
    }
}
