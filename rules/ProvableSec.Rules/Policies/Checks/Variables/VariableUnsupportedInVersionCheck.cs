namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>VARIABLE_UNSUPPORTED_IN_VERSION</c> of IAM Access Analyzer.</summary>
internal sealed class VariableUnsupportedInVersionCheck() : PolicyCheck(new Rule(
    "PSEC3056",
    "Variable in policy version 2008-10-17",
    RuleSeverity.Error,
    "Without \"Version\": \"2012-10-17\", ${…} is literal text, so it matches no real value.",
    "Write \"Version\": \"2012-10-17\".",
    1286,
    "VARIABLE_UNSUPPORTED_IN_VERSION"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.HasVariables)
        {
            return;
        }

        foreach (CheckedStatement statement in policy.Statements)
        {
            foreach (CheckedText text in (statement.Resource?.Items ?? []).Concat(statement.Conditions.SelectMany(condition => condition.Texts)))
            {
                if (VariableTexts.In(text.Text).Any())
                {
                    findings.Add(text, $"version 2008-10-17 replaces no variables, so {text.Shown} is literal text");
                }
            }
        }
    }
}
